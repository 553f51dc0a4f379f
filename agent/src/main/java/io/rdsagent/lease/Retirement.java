package io.rdsagent.lease;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.Lifetime;
import io.rdsagent.endpoint.Database;
import io.rdsagent.event.Events;
import io.rdsagent.event.Reason;
import io.rdsagent.event.Retired;
import io.rdsagent.event.Stayed;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** Ends leases gracefully: sets their deadlines, and sweeps out what lies idle past its time. */
public final class Retirement {

    /** Told when the first lease becomes past its time and when the last one has gone. */
    public interface Flag {
        void overdue(boolean any);
    }

    /** While something is overdue it is looked at this often; a pool gives up a fifth of itself each time. */
    private static final long SOON_MILLIS = 100;
    /** Otherwise this often, to see what the application has closed. */
    private static final long SELDOM_MILLIS = 1000;

    private static final int SHARE_OF_A_POOL = 5;

    private static final int LEAST_SHARE = 10;

    private final Leases leases;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final DoubleSupplier random;
    private final Flag flag;
    private final Events events;
    private final Map<Database, Pace> paces = new HashMap<>();
    private Future<?> next;
    private long nextAt = Lease.NEVER;

    /** @param random from 0 to 1, for the jitter */
    public Retirement(
            Leases leases,
            Clock clock,
            ScheduledExecutorService timer,
            DoubleSupplier random,
            Flag flag,
            Events events) {
        this.leases = leases;
        this.clock = clock;
        this.timer = timer;
        this.random = random;
        this.flag = flag;
        this.events = events;
    }

    /** Records a connection that has just logged in. */
    public void begin(Connection physical, Lease lease) {
        leases.add(physical, lease);
        lease.endpoint().opened();
        wakeAt(Math.min(lease.deadline(), clock.millis() + SELDOM_MILLIS));
    }

    /** Something has changed that may make leases past: sweeps at once. */
    public void hurry() {
        wakeAt(clock.millis());
    }

    /**
     * When a connection is past its time. However old its token was and however large the jitter is, it is let live
     * for a tenth of what it may at most: a pool that gets only connections to be thrown away would make nothing else.
     *
     * @param loginAt milliseconds of the clock
     * @param tokenSignedAt the same, of the token it logged in with; {@code loginAt} without one
     */
    public long deadline(DatabaseConfig config, long loginAt, long tokenSignedAt) {
        Lifetime lifetime = config.lifetime();
        if (lifetime.kind() == Lifetime.Kind.OFF) {
            return Lease.NEVER;
        }
        long from = lifetime.kind() == Lifetime.Kind.TOKEN ? tokenSignedAt : loginAt;
        long length = lifetime.duration().toMillis();
        long usable = length - config.lifetimeMargin().toMillis();
        double jitter = config.lifetimeJitter() * random.getAsDouble() * length;
        return Math.max(from + usable - (long) jitter, loginAt + usable / LEAST_SHARE);
    }

    private synchronized void wakeAt(long at) {
        if (next != null && nextAt <= at) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        nextAt = at;
        next = timer.schedule(this::sweep, Math.max(0, at - clock.millis()), TimeUnit.MILLISECONDS);
    }

    private synchronized void woken() {
        next = null;
        nextAt = Lease.NEVER;
    }

    /** One round; and whatever becomes of it, there is a next. */
    void sweep() {
        woken();
        long wake = clock.millis() + SELDOM_MILLIS;
        try {
            wake = round(clock.millis());
        } finally {
            if (wake != Lease.NEVER) {
                wakeAt(wake);
            }
        }
    }

    /** @return when the next is due, {@link Lease#NEVER} while there are no leases */
    private long round(long now) {
        for (Lease dropped : leases.forgetCollected()) {
            end(dropped, now);
        }
        List<Lease> past = new ArrayList<>();
        long earliest = Lease.NEVER;
        boolean any = false;
        for (Lease lease : leases.all()) {
            any = true;
            if (isOver(lease)) {
                end(lease, now);
            } else if (isPast(lease, now)) {
                past.add(lease);
            } else {
                earliest = Math.min(earliest, lease.deadline());
            }
        }
        flag.overdue(!past.isEmpty());
        boolean more = retire(past, now);
        return any ? Math.min(earliest, now + (more ? SOON_MILLIS : SELDOM_MILLIS)) : Lease.NEVER;
    }

    private static boolean isOver(Lease lease) {
        Connection physical = lease.physical();
        try {
            return physical == null || physical.isClosed();
        } catch (SQLException | RuntimeException unusable) {
            return true;
        }
    }

    private void end(Lease lease, long now) {
        leases.remove(lease);
        lease.endpoint().closed();
        if (lease.isPast(now)) {
            events.retired(new Retired(
                    lease.database().toString(),
                    lease.endpoint().toString(),
                    lease.reason(),
                    Duration.ofMillis(now - lease.loginAt()),
                    Duration.ofMillis(now - lease.pastSince())));
        }
    }

    private static boolean isPast(Lease lease, long now) {
        Duration idle = lease.database().config().idle();
        if (idle != null && lease.idleFor(now) >= idle.toMillis()) {
            lease.retire(Reason.IDLE, now);
        }
        return lease.isPast(now);
    }

    /** @return whether any of them lies in a pool; what belongs to no pool is not ours to close */
    private boolean retire(List<Lease> past, long now) {
        IdentityHashMap<Object, Integer> shares = shares();
        boolean pooled = false;
        for (Lease lease : past) {
            Holder holder = lease.holder();
            Object pool = holder == null ? null : holder.pool();
            pooled |= pool != null;
            if (pool != null && (needsNoTurn(lease, holder, now) || mayGo(lease, pool, shares, now))) {
                holder.retire(why -> events.stayed(new Stayed(lease.database().toString(), holder.description(), why)));
            }
        }
        return pooled;
    }

    /**
     * A dead connection serves nobody; one in use is only marked, and goes when it comes back; and one whose margin is half
     * spent has waited long enough.
     */
    private static boolean needsNoTurn(Lease lease, Holder holder, long now) {
        return lease.reason() == Reason.ENDPOINT_DEAD
                || holder.lastUse() == Holder.IN_USE
                || now - lease.pastSince()
                        > lease.database().config().lifetimeMargin().toMillis() / 2;
    }

    /** How many of each pool may go in this round. */
    private IdentityHashMap<Object, Integer> shares() {
        IdentityHashMap<Object, Integer> sizes = new IdentityHashMap<>();
        for (Lease lease : leases.all()) {
            Object pool = lease.holder() == null ? null : lease.holder().pool();
            if (pool != null) {
                sizes.merge(pool, 1, Integer::sum);
            }
        }
        sizes.replaceAll((pool, size) -> Math.max(1, size / SHARE_OF_A_POOL));
        return sizes;
    }

    private boolean mayGo(Lease lease, Object pool, IdentityHashMap<Object, Integer> shares, long now) {
        if (shares.getOrDefault(pool, 1) <= 0 || !pace(lease.database(), now).allows(now)) {
            return false;
        }
        shares.merge(pool, -1, Integer::sum);
        return true;
    }

    /** A retired connection is a new login soon: as many as the endpoints together may take. */
    private Pace pace(Database database, long now) {
        return paces.computeIfAbsent(
                database,
                key -> new Pace(key.config().connectRate() * key.endpoints().size(), now));
    }
}
