package io.rdsagent.endpoint;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.RoleWish;
import java.sql.Driver;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One logical database: what was asked for, and the endpoints that serve it to one kind of URL. */
public final class Database {

    private final DatabaseConfig config;
    private final String label;
    private final Balancer balancer;
    private final Probe.Handshake handshake;
    private volatile boolean settled;
    private volatile Discovery discovery;
    /** As far as is known without asking DNS what an alias stands for. */
    private volatile RoleWish wish;

    private final Outage outage = new Outage();

    public Database(DatabaseConfig config, String label, Balancer balancer) {
        this(config, label, balancer, RoleWish.ANY, null);
    }

    /** @param handshake by which its servers are probed; null for the usual one */
    Database(DatabaseConfig config, String label, Balancer balancer, RoleWish wish, Probe.Handshake handshake) {
        this.handshake = handshake;
        this.config = config;
        this.label = label;
        this.balancer = balancer;
        this.wish = wish;
    }

    public DatabaseConfig config() {
        return config;
    }

    public Balancer balancer() {
        return balancer;
    }

    Probe.Handshake handshake() {
        return handshake;
    }

    /** Those that serve; at least one. */
    public List<Endpoint> endpoints() {
        return balancer.endpoints();
    }

    public Topology topology() {
        return balancer.topology();
    }

    /** Whether what connects here means to write. */
    public boolean wantsWriter() {
        return wish == RoleWish.WRITER;
    }

    RoleWish wish() {
        return wish;
    }

    /** Whether the instances are looked for, or it is settled that they are not. */
    public boolean isSettled() {
        return settled;
    }

    /** @param by null where they are not looked for */
    void settle(RoleWish forRole, Discovery by) {
        wish = forRole;
        discovery = by;
        settled = true;
    }

    /** A connection to it was asked for. */
    public void used() {
        Discovery present = discovery;
        if (present != null) {
            present.wake();
        }
    }

    /** A connection was opened: where it went by a name though the instances are known, it is found out which it is. */
    public void opened(Endpoint endpoint) {
        Topology now = topology();
        Discovery present = discovery;
        if (present != null && now.isLearnt() && now.memberAt(endpoint.address()) == null) {
            present.hurry();
        }
    }

    /** The application has connected by this driver. */
    public void connectedBy(Driver driver) {
        Discovery present = discovery;
        if (present != null) {
            present.connectedBy(driver);
        }
    }

    /** Something was seen that may be a change of the instances or their roles: has them asked for at once. */
    public void suspect() {
        Discovery present = discovery;
        if (present != null) {
            present.suspect();
        }
    }

    /** Whether a change of the roles may be under way, so that each login had better be looked at. */
    public boolean isInDoubt() {
        Discovery present = discovery;
        return present != null && present.isInDoubt();
    }

    /** How long ago the instances were told; null when they never were. */
    public Duration topologyAge() {
        Discovery present = discovery;
        return present == null ? null : present.age();
    }

    public Outage outage() {
        return outage;
    }

    /** Those of the endpoints that serve to which new connections are to go. */
    public List<Endpoint> fit() {
        return balancer.fit();
    }

    /** Waits until others are fit than before, and at most so long. */
    public synchronized void awaitFit(List<Endpoint> before, long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        while (left > 0 && before.containsAll(fit())) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    /** Others serve, or one of them is fit again. */
    synchronized void changed() {
        outage.changed();
        notifyAll();
    }

    /** Connections that are open or being made, on all of its endpoints. */
    int open() {
        int open = 0;
        for (Endpoint endpoint : topology().all()) {
            open += endpoint.open();
        }
        return open;
    }

    /** Whether another endpoint than this one serves. */
    public boolean hasAlternativeTo(Endpoint endpoint) {
        for (Endpoint other : endpoints()) {
            if (other != endpoint && other.isHealthy() && !other.isDrained()) {
                return true;
            }
        }
        return false;
    }

    /** As messages name it: the configuration's name, or the host of the URL that matched. */
    @Override
    public String toString() {
        return label;
    }
}
