package io.rdsagent.localrds;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** One server as a database: its files, its role, whom it follows. Its life as a process is {@link #process()}. Not thread-safe. */
interface DatabaseServer {

    /** The node's name, as in {@code orders-1}. */
    String name();

    /** Where it listens itself, behind the gate if there is one. */
    InetSocketAddress address();

    Path data();

    ServerProcess process();

    AdminClient admin();

    /** Writes what it reads at its next start: it follows the primary then, or is the writer if there is none. */
    void configure(Optional<DatabaseServer> primary) throws IOException;

    /** Has it follow this primary, while it runs; returns before it does. */
    void follow(DatabaseServer primary) throws IOException;

    /** Whether it follows this primary now; false if one of them does not answer. */
    boolean follows(DatabaseServer primary);

    /** Makes it, a running standby, the writer, and returns when it takes writes. It is the writer at its next start too. */
    void promote() throws IOException;

    /**
     * Has it, the writer, take no more writes, and leaves its sessions open.
     *
     * @return how far its data have gone
     */
    String demote() throws IOException;

    /** Returns when it, a standby, has all up to there. */
    void catchUp(String position) throws IOException;

    /** Replaces the data of this server, which does not run, by those of one that runs. */
    void copyFrom(DatabaseServer source) throws IOException;
}
