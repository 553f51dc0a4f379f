package io.rdsagent.lease;

import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Events;
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

    /** The drivers' own classes; few, and weak, since a driver may be undeployed. */
    private final Set<Class<?>> classes =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<Class<?>, Boolean>()));

    private final Clock clock;
    private final Events events;

    public Leases(Clock clock, Events events) {
        this.clock = clock;
        this.events = events;
    }

    void add(Connection physical, Lease lease) {
        leases.put(physical, lease);
        classes.add(physical.getClass());
        lease.openedBy(Opener.ofThisThread(physical.getClass()));
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
        held.put(entry, lease);
        events.pooled(new Pooled(lease.database().toString(), holder.description()));
        return true;
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
            } catch (SQLException | RuntimeException | AbstractMethodError doesNotTell) {
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
        return lease != null && lease.isToGo(clock.millis());
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
     * @param cutter runs the driver's closing of the socket
     */
    public void abort(Endpoint endpoint, Executor cutter) {
        for (Lease lease : leases.values()) {
            Connection physical = lease.physical();
            if (lease.endpoint() == endpoint && physical != null) {
                try {
                    physical.abort(cutter);
                } catch (SQLException | RuntimeException | AbstractMethodError cannot) {
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
        return leases.forgetCollected();
    }
}
