package io.rdsagent.localrds;

/** One instance of the cluster. Its methods may be called from any thread. */
public final class Node {

    private final String name;
    private final String host;
    private final String address;
    private final int port;
    private final DatabaseServer server;
    private final Front front;
    private final Cluster cluster;

    Node(String name, String host, String address, int port, DatabaseServer server, Front front, Cluster cluster) {
        this.name = name;
        this.host = host;
        this.address = address;
        this.port = port;
        this.server = server;
        this.front = front;
        this.cluster = cluster;
    }

    /** The instance's identifier, as in {@code orders-1}. */
    public String name() {
        return name;
    }

    /** The instance's endpoint, which its certificate names and tokens are signed for. */
    public String host() {
        return host;
    }

    /** The loopback address it listens on. */
    public String address() {
        return address;
    }

    /** The same port on all nodes. */
    public int port() {
        return port;
    }

    /** Whether its processes live; a frozen node is running. */
    public boolean running() {
        return cluster.running(this);
    }

    /** Whether it is stopped by {@link #freeze()}. */
    public boolean frozen() {
        return cluster.frozen(this);
    }

    /** Whether it is the writer. Stays true for a writer that was killed, until another is promoted. */
    public boolean isWriter() {
        return cluster.writer() == this;
    }

    /** SIGKILL to all its processes; does nothing if it is not running. Names and roles stay as they are. */
    public void kill() {
        cluster.kill(this);
    }

    /** Shuts down in order; does nothing if it is not running. */
    public void stop() {
        cluster.stop(this);
    }

    /**
     * Starts again and returns when it answers and, as a standby, streams from a writer that answers. A node that missed
     * a promotion is copied afresh from the present writer first.
     *
     * @throws LocalRdsException if it does not start, or would have to be copied from a writer that does not run
     */
    public void start() {
        cluster.start(this);
    }

    /**
     * Makes this standby the writer, as a failover does, and returns when it is. A writer that still runs is stopped first and comes
     * back as a standby (a frozen one stays frozen, and comes back as a standby when it is thawed); the other standbys follow the new
     * writer; the cluster's and the reader's name point where they should.
     *
     * @throws LocalRdsException if this node is not running or frozen
     */
    public void promote() {
        cluster.promote(this, true);
    }

    /** Like {@link #promote()}, but DNS lags behind: both cluster names stay where they point. */
    public void promoteBeforeNamesFollow() {
        cluster.promote(this, false);
    }

    /**
     * Makes this standby the writer as a planned switch does: the old writer takes no more writes, this node gets what it
     * has, and the old one follows. Its sessions stay open and can read. Not with PostgreSQL, which ends them.
     *
     * @throws LocalRdsException if this node or the writer is not running or frozen, or the engine cannot do it
     */
    public void switchOver() {
        cluster.switchOver(this);
    }

    /** SIGSTOP to all its processes: connections are accepted by the kernel and nothing answers. */
    public void freeze() {
        cluster.freeze(this);
    }

    /**
     * As a packet filter does that drops all: nothing answers, and who dials gets no answer to his SYN. What is sent on open
     * connections is lost on its way to the server, though not to the kernel.
     */
    public void cutOff() {
        cluster.cutOff(this);
    }

    /** Undoes {@link #freeze()} and {@link #cutOff()}. A writer that was replaced meanwhile comes back as a standby. */
    public void thaw() {
        cluster.thaw(this);
    }

    DatabaseServer server() {
        return server;
    }

    ServerProcess process() {
        return server.process();
    }

    Front front() {
        return front;
    }

    /** Name, address and port. */
    @Override
    public String toString() {
        return name + " (" + address + ":" + port + ")";
    }
}
