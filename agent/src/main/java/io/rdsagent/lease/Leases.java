package io.rdsagent.lease;

import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Events;
import io.rdsagent.event.Guarded;
import io.rdsagent.event.Pooled;
import io.rdsagent.event.Reason;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;

/** Which connections are out, and until when. */
public final class Leases {

    /** By the physical connection. */
    private final WeakIdentityMap<Lease> leases = new WeakIdentityMap<>();
    /** By what a pool wraps it in, so that the pool's own predicate finds it with one look-up. */
    private final WeakIdentityMap<Lease> held = new WeakIdentityMap<>();

    /** Those that were looked at and are not to be adopted. */
    private final WeakIdentityMap<Boolean> notOurs = new WeakIdentityMap<>();

    /** The drivers' own classes; few, and weak, since a driver may be undeployed. */
    private final Set<Class<?>> classes =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<Class<?>, Boolean>()));

    /** The pools themselves, numbered as they are met. */
    private final WeakIdentityMap<Integer> pools = new WeakIdentityMap<>();

    private int poolsMet;

    private final Clock clock;
    private final Events events;
    /** Null where every connection there is was made under the agent's eyes. */
    private volatile Adoption adoption;

    /** Takes over connections that were there before the agent. */
    public interface Adoption {

        /** Whether it is a driver's own object, not what wraps one. */
        boolean isDriversOwn(Connection connection);

        /** Gives a connection its lease, by {@link Retirement#begin}, if it is one that is looked after. */
        void adopt(Connection physical);
    }

    public Leases(Clock clock, Events events) {
        this.clock = clock;
        this.events = events;
    }

    /** From here on connections without a lease are taken over as their pools ask about them; null: no more. */
    public void adoptBy(Adoption how) {
        adoption = how;
    }

    public boolean isAdopting() {
        return adoption != null;
    }

    /** @return the one that this connection has had until now, which is none any more; null as a rule */
    Lease add(Connection physical, Lease lease) {
        Lease before = leases.put(physical, lease);
        classes.add(physical.getClass());
        lease.openedBy(Opener.ofThisThread(physical.getClass()));
        return before;
    }

    /**
     * Records that a pool has taken a connection in.
     *
     * @param connection the physical one, or what wraps it: p6spy, the AWS wrapper
     * @param entry the pool's own object for it
     * @return false when the connection is none of ours
     */
    public boolean hold(Connection connection, Object entry, Holder holder) {
        Lease lease = leases.get(connection);
        if (lease == null) {
            lease = beneath(connection);
        }
        if (lease == null) {
            return false;
        }
        lease.heldBy(holder);
        // Only of one that is in no known pool is it asked who opened it.
        lease.openedBy(null);
        held.put(entry, lease);
        events.pooled(new Pooled(
                lease.database().toString(),
                holder.description(),
                holder.how(),
                lease.endpoint().toString(),
                number(holder.pool())));
        return true;
    }

    private int number(Object pool) {
        if (pool == null) {
            return 0;
        }
        synchronized (pools) {
            Integer known = pools.get(pool);
            if (known == null) {
                known = ++poolsMet;
                pools.put(pool, known);
            }
            return known;
        }
    }

    /** Whether the pool's own object for a connection is known already. */
    public boolean holds(Object entry) {
        return held.get(entry) != null;
    }

    /** Asked what it wraps by the classes of our connections; null for nothing of ours. */
    public Lease beneath(Connection wrapper) {
        for (Class<?> type : classes.toArray(new Class<?>[0])) {
            try {
                if (wrapper.isWrapperFor(type)) {
                    return leases.get(wrapper.unwrap(type));
                }
            } catch (SQLException | RuntimeException | LinkageError doesNotTell) {
                // A wrapper from before JDBC 4: its pool is not held, as if the agent didn't know it.
            }
        }
        return null;
    }

    /**
     * The one question that every pool and driver asks: whether a connection is not to be handed out any more.
     *
     * @param object a physical connection, or a pool's entry for one; any other is not past
     */
    public boolean isPast(Object object) {
        Lease lease = held.get(object);
        if (lease == null) {
            lease = leases.get(object);
        }
        if (lease == null && adoption != null) {
            lease = adopted(object);
        }
        if (lease == null || !lease.isToGo(clock.millis())) {
            return false;
        }
        events.guarded(new Guarded(lease.database().toString(), lease.endpoint().toString(), lease.reason()));
        return true;
    }

    /** @param object a physical connection, or a pool's entry for one, that has no lease */
    private Lease adopted(Object object) {
        Adoption how = adoption;
        Connection physical = how == null ? null : Within.find(object, how::isDriversOwn);
        if (physical == null) {
            return null;
        }
        if (leases.get(physical) == null && notOurs.get(physical) == null) {
            how.adopt(physical);
        }
        Lease lease = leases.get(physical);
        if (lease == null) {
            notOurs.put(physical, true);
        } else if (object != physical) {
            // In a pool, and one that is known.
            lease.openedBy(null);
            lease.adopted();
            held.put(object, lease);
        }
        return lease;
    }

    /** Null for a connection that is none of ours. */
    public Lease of(Connection physical) {
        return leases.get(physical);
    }

    /** By where its socket leads and its number on this side; null for none of ours. */
    public Lease of(InetAddress peer, int localPort) {
        for (Lease lease : leases.values()) {
            if (localPort > 0
                    && lease.localPort() == localPort
                    && lease.peer() != null
                    && lease.peer().equals(peer)) {
                return lease;
            }
        }
        return null;
    }

    /** Those that have not been seen closed; a live view. */
    public Collection<Lease> all() {
        return Collections.unmodifiableCollection(leases.values());
    }

    /**
     * Has all that are open on an endpoint leave.
     *
     * @return how many
     */
    public int retire(Endpoint endpoint, Reason reason) {
        int count = 0;
        for (Lease lease : leases.values()) {
            if (lease.endpoint() == endpoint) {
                lease.retire(reason, clock.millis());
                count++;
            }
        }
        return count;
    }

    /**
     * Cuts all that are open on an endpoint, also those in use: a thread that waits for an answer gets its
     * SQLException now, and not when the kernel gives up.
     *
     * @param cutter runs the driver's closing of a socket that the driver has made by itself
     */
    public void abort(Endpoint endpoint, Executor cutter) {
        for (Lease lease : leases.values()) {
            Connection physical = lease.physical();
            if (lease.endpoint() == endpoint && physical != null && !lease.cut()) {
                try {
                    physical.abort(cutter);
                } catch (SQLException | RuntimeException | LinkageError cannot) {
                    // Already gone, or a driver from before JDBC 4.1: its thread waits for the kernel, as without us.
                }
            }
        }
    }

    void remove(Lease lease) {
        leases.values().remove(lease);
        held.values().remove(lease);
    }

    /** @return those whose connections were dropped without being closed; they are in {@link #all()} no more */
    List<Lease> forgetCollected() {
        held.forgetCollected();
        notOurs.forgetCollected();
        pools.forgetCollected();
        return leases.forgetCollected();
    }
}
