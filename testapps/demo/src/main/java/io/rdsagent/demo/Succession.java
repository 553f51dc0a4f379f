package io.rdsagent.demo;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.util.Comparator;

/** A cluster that loses nothing that it has confirmed when its writer is lost, as Aurora with its common storage. */
final class Succession {

    private final LocalRds rds;

    Succession(LocalRds rds) {
        this.rds = rds;
    }

    /** A commit is confirmed when one reader at least has it. */
    void prepare() {
        rds.admin(rds.writer(), "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'");
        rds.admin(rds.writer(), "SELECT pg_reload_conf()");
    }

    /** Makes the reader that has most the writer, and returns it. */
    Node promote() {
        Node next = rds.readers().stream()
                .max(Comparator.comparingLong(this::received))
                .orElseThrow();
        next.promote();
        return next;
    }

    private long received(Node reader) {
        return Long.parseLong(rds.admin(reader, "SELECT (pg_last_wal_receive_lsn() - '0/0')::bigint")
                .get(0)
                .get(0));
    }
}
