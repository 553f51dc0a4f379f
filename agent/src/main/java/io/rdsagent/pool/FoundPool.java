package io.rdsagent.pool;

import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import io.rdsagent.lease.Lease;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * One pool that nobody knows. While something is overdue it is watched: the collection that a connection is in before it
 * is handed out and not in afterwards is where the idle ones lie. One that is past its time is then closed where it lies, on
 * the way into a borrow: a pool that looks at what it hands out takes another, and loses nothing. Whether it does is learnt
 * on one; if that comes out all the same, it is kept from the application, and the pool is left alone from then on.
 */
final class FoundPool {

    private enum State {
        WATCHED,
        LEARNING,
        ROTATES,
        LEFT_ALONE
    }

    /** How often a connection must have been seen to leave a collection by being handed out. */
    private static final int SURE = 2;

    private static final int ALONE = 1;

    /** A pool that has not shown by then where its idle connections lie doesn't show it. */
    private static final int LOOKS = 500;

    private static final int SHARE_OF_A_POOL = 5;
    private static final long MOMENT_MILLIS = 100;

    private static final int MOST_TAKEN = 16;

    /**
     * So often one may come out closed of a pool that has shown that it looks: it may have looked a moment before, while the
     * connection still lay there.
     */
    private static final int MOST_OVERLOOKED = 3;

    /** By then a pool that has taken a connection from its store has handed it out, or thrown it away. */
    private static final long IN_FLIGHT_MILLIS = 1000;

    private final WeakReference<Class<?>> type;
    private final String name;
    private final Leased leased;
    private final Events events;
    /** What it has handed out while it was watched. */
    private final Set<Lease> known = Collections.newSetFromMap(new WeakHashMap<>());

    /** Those that somebody took while they were being closed, the latest few. */
    private final Deque<Lease> takenMeanwhile = new ArrayDeque<>();

    private final Map<String, Integer> left = new HashMap<>();
    private final Set<String> stays = new HashSet<>();
    private Map<String, Set<Lease>> before = Collections.emptyMap();
    private State state = State.WATCHED;
    /** Whether any was closed where it lay, so that one that comes out closed is of our doing. */
    private boolean hasClosed;

    private int overlooked;

    private int looks;
    private long closedAt;
    private WeakReference<Lease> closed = new WeakReference<>(null);

    FoundPool(Class<?> type, Leased leased, Events events) {
        this.type = new WeakReference<>(type);
        this.name = type.getName();
        this.leased = leased;
        this.events = events;
    }

    /** A borrow begins. */
    synchronized void enter(Object owner, long now) {
        Class<?> declared = type.get();
        if (state == State.LEFT_ALONE || declared == null) {
            return;
        }
        Map<String, Object> stores = Stores.of(owner, declared);
        before = contents(stores);
        if (state == State.LEARNING && now - closedAt > IN_FLIGHT_MILLIS && !isIdle(closed.get())) {
            state = State.ROTATES;
            events.notice(
                    Notice.info(name + ", a pool that the agent does not know, takes a new connection in place of one"
                            + " that was closed while it lay idle. So its connections are closed when they are past"
                            + " their time, each at the next borrow."));
        }
        if (state != State.LEARNING) {
            closePast(stores, now);
        }
    }

    private Map<String, Set<Lease>> contents(Map<String, Object> stores) {
        Map<String, Set<Lease>> contents = new HashMap<>();
        for (Map.Entry<String, Object> store : stores.entrySet()) {
            if (!stays.contains(store.getKey())) {
                contents.put(store.getKey(), leases(store.getValue()));
            }
        }
        return contents;
    }

    private Set<Lease> leases(Object store) {
        Set<Lease> leases = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Object element : Stores.contents(store)) {
            Lease lease = leased.of(element);
            if (lease != null) {
                leases.add(lease);
            }
        }
        return leases;
    }

    private boolean isIdle(Lease lease) {
        for (Set<Lease> leases : before.values()) {
            if (lease != null && leases.contains(lease)) {
                return true;
            }
        }
        return false;
    }

    /** In one moment a fifth of those that lie idle, so that all who borrow then don't find all gone. */
    private void closePast(Map<String, Object> stores, long now) {
        if (now - closedAt < MOMENT_MILLIS) {
            return;
        }
        for (Map.Entry<String, Set<Lease>> store : before.entrySet()) {
            if (left.getOrDefault(store.getKey(), 0) < SURE) {
                continue;
            }
            int share = Math.max(1, store.getValue().size() / SHARE_OF_A_POOL);
            for (Lease lease : store.getValue()) {
                if (share > 0 && lease.isPast(now) && mayTry() && close(lease, stores.get(store.getKey()))) {
                    share--;
                    closedAt = now;
                    if (state == State.WATCHED) {
                        state = State.LEARNING;
                        closed = new WeakReference<>(lease);
                        return;
                    }
                }
            }
        }
    }

    /** Learnt on one that can be spared, not on the only one. */
    private boolean mayTry() {
        return state == State.ROTATES || known.size() > ALONE;
    }

    /**
     * Looked at again once nobody gets it any more: who has taken it meanwhile hands it out as it is. One that is taken just
     * while it is closed comes out closed, and that is not the pool's fault.
     */
    private boolean close(Lease lease, Object store) {
        long times = lease.handOuts().times();
        Connection physical = lease.physical();
        if (physical == null
                || !leases(store).contains(lease)
                || !lease.handOuts().doom(times)) {
            return false;
        }
        if (!leases(store).contains(lease)) {
            lease.handOuts().pardon(times);
            return false;
        }
        hasClosed = true;
        closeQuietly(physical);
        if (!leases(store).contains(lease)) {
            takenMeanwhile.addFirst(lease);
            if (takenMeanwhile.size() > MOST_TAKEN) {
                takenMeanwhile.removeLast();
            }
        }
        return true;
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException alreadyGone) {
            // As it should be.
        }
    }

    /**
     * A borrow ends with this; false when it must not reach the application, and another is to be asked for.
     *
     * @param lease null when the handle can't be seen through
     */
    synchronized boolean leave(Object owner, Connection handle, Lease lease) {
        if (lease == null ? isClosed(handle) : !lease.handOuts().another()) {
            if (wasTakenMeanwhile(handle, lease)) {
                // Its place in the pool is free again, and nothing is learnt.
                closeQuietly(handle);
                state = state == State.LEARNING ? State.WATCHED : state;
                return false;
            }
            if (state == State.ROTATES && ++overlooked <= MOST_OVERLOOKED) {
                closeQuietly(handle);
                return false;
            }
            if (state != State.LEFT_ALONE) {
                state = State.LEFT_ALONE;
                events.notice(Notice.warning(
                        name + ", a pool that the agent does not know, handed out a connection that was closed"
                                + " while it lay idle. The agent kept it from the application, which got another, and leaves this"
                                + " pool alone from now on: its connections outlive their time. Set its own maximum age below"
                                + " `lifetime`, or name its check of age in `pool.too-old`."));
            }
            return false;
        }
        if (lease == null) {
            return true;
        }
        known.add(lease);
        Class<?> declared = type.get();
        if (state == State.WATCHED && declared != null) {
            learn(Stores.of(owner, declared), lease);
            if (++looks > LOOKS && !left.containsValue(SURE)) {
                state = State.LEFT_ALONE;
            }
        }
        return true;
    }

    /** @param lease null when it has been seen closed, and was forgotten */
    private boolean wasTakenMeanwhile(Connection handle, Lease lease) {
        return takenMeanwhile.removeIf(taken -> taken == lease || (lease == null && isFor(handle, taken.physical())));
    }

    private static boolean isFor(Connection handle, Connection physical) {
        try {
            return physical != null
                    && (handle == physical
                            || (handle.isWrapperFor(physical.getClass())
                                    && handle.unwrap(physical.getClass()) == physical));
        } catch (SQLException | RuntimeException | AbstractMethodError notTold) {
            return false;
        }
    }

    /** Some handles let nobody see through them when they are closed. */
    private boolean isClosed(Connection handle) {
        try {
            return hasClosed && handle.isClosed();
        } catch (SQLException | RuntimeException notTold) {
            return false;
        }
    }

    private void learn(Map<String, Object> stores, Lease handedOut) {
        for (Map.Entry<String, Set<Lease>> store : before.entrySet()) {
            Object now = stores.get(store.getKey());
            if (now != null && leases(now).contains(handedOut)) {
                stays.add(store.getKey());
                left.remove(store.getKey());
            } else if (store.getValue().contains(handedOut)) {
                left.merge(store.getKey(), 1, (before, one) -> Math.min(SURE, before + one));
            }
        }
    }

    /** For a person. */
    @Override
    public String toString() {
        return name;
    }
}
