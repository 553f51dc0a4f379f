package io.rdsagent.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One server process that serves the application, as {@code pg_stat_activity} shows it.
 *
 * @param id which one
 * @param seenAt when, by the server's clock
 * @param transactionAt when its present transaction began; empty outside of one
 */
record Session(Id id, Instant seenAt, Optional<Instant> transactionAt) {

    /**
     * @param node the node's name
     * @param pid of the server's process
     * @param startedAt when the client connected, by the server's clock
     */
    record Id(String node, int pid, Instant startedAt) {}

    Duration age() {
        return Duration.between(id.startedAt(), seenAt);
    }
}
