package io.rdsagent.lease;

import io.rdsagent.endpoint.Database;
import io.rdsagent.event.Events;
import io.rdsagent.event.HeldBack;
import io.rdsagent.event.Reason;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whose turn it is to go: at most a fifth of each pool in one moment, no faster than {@code connect.rate}, and, where one
 * comes soon, with a spare at hand.
 */
final class Turns {

    /** One moment. */
    static final long MOMENT_MILLIS = 100;

    private static final int SHARE_OF_A_POOL = 5;
    /** So long a connection that is past its time waits for a spare, and not for more than a quarter of its margin. */
    private static final long WAIT_MILLIS = 500;

    private final Spares spares;
    private final Events events;
    private final Map<Database, Pace> paces = new HashMap<>();
    private final Map<Database, Pace> urgent = new HashMap<>();
    /** How many of each pool have been given their turn in this moment. */
    private WeakIdentityMap<Integer> gone = new WeakIdentityMap<>();

    private long since;

    Turns(Spares spares, Events events) {
        this.spares = spares;
        this.events = events;
    }

    /**
     * Has spares opened for those whose time is over soon.
     *
     * @param due in pools
     */
    void prepare(List<Lease> due, long now) {
        due.sort(Comparator.comparingLong(Lease::deadline));
        for (Lease lease : due) {
            if (!lease.isSpared()
                    && spares.isShort(lease, now)
                    && pace(lease.database(), now).allows(now)) {
                lease.spared();
                spares.open(lease, now);
            }
        }
    }

    /** @param past in pools */
    void give(List<Lease> past, Collection<Lease> all, long now) {
        if (past.isEmpty()) {
            return;
        }
        if (now - since >= MOMENT_MILLIS) {
            gone = new WeakIdentityMap<>();
            since = now;
        }
        IdentityHashMap<Object, Integer> sizes = sizes(all);
        Map<Recipe, Integer> atHand = new HashMap<>();
        past.sort(Comparator.comparingLong(Lease::pastSince));
        for (Lease lease : past) {
            Object pool = lease.holder().pool();
            if (pool != null && !lease.hasTurn() && mayGo(lease, pool, sizes.getOrDefault(pool, 1), atHand, now)) {
                lease.giveTurn(now);
            }
        }
    }

    private boolean mayGo(Lease lease, Object pool, int size, Map<Recipe, Integer> atHand, long now) {
        Integer before = gone.get(pool);
        int count = before == null ? 0 : before;
        if (lease.isUrgent(now)) {
            return true;
        }
        if (count >= Math.max(1, size / SHARE_OF_A_POOL) || !isReplaceable(lease, atHand, now)) {
            return false;
        }
        gone.put(pool, count + 1);
        return true;
    }

    /** A retired connection is a new login soon, unless that was made ahead. */
    private boolean isReplaceable(Lease lease, Map<Recipe, Integer> atHand, long now) {
        if (lease.isSpared() && lease.reason() == Reason.AGE) {
            int left = atHand.computeIfAbsent(lease.recipe(), spares::waiting);
            if (left > 0) {
                atHand.put(lease.recipe(), left - 1);
                return true;
            }
            if (now - lease.pastSince() < Math.min(WAIT_MILLIS, lease.marginMillis() / 4)) {
                return false;
            }
        }
        if (pace(lease.database(), now).allows(now)) {
            return true;
        }
        if (lease.holdBack()) {
            events.heldBack(
                    new HeldBack(lease.database().toString(), lease.endpoint().toString()));
        }
        return false;
    }

    private static IdentityHashMap<Object, Integer> sizes(Collection<Lease> all) {
        IdentityHashMap<Object, Integer> sizes = new IdentityHashMap<>();
        for (Lease lease : all) {
            Object pool = lease.holder() == null ? null : lease.holder().pool();
            if (pool != null) {
                sizes.merge(pool, 1, Integer::sum);
            }
        }
        return sizes;
    }

    /** For what is told by the threads of the application. */
    boolean isWithinRate(Database database, long now) {
        synchronized (urgent) {
            return urgent.computeIfAbsent(database, key -> new Pace(key.config().connectRate(), now))
                    .allows(now);
        }
    }

    /** As many as the endpoints together may take. */
    private Pace pace(Database database, long now) {
        double perSecond =
                database.config().connectRate() * database.endpoints().size();
        Pace pace = paces.get(database);
        if (pace == null || pace.perSecond() != perSecond) {
            pace = new Pace(perSecond, now);
            paces.put(database, pace);
        }
        return pace;
    }
}
