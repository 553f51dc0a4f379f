package io.rdsagent.lease;

import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Topology;
import io.rdsagent.endpoint.TopologyListener;
import io.rdsagent.event.Reason;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * Brings the open connections in line with a new topology: those to an endpoint that has lost the role they are for, or
 * is no more among the instances, leave. What was opened by a cluster's name is known again by the address it went to.
 */
public final class Alignment implements TopologyListener {

    private final Leases leases;
    private final Retirement retirement;
    private final Clock clock;

    public Alignment(Leases leases, Retirement retirement, Clock clock) {
        this.leases = leases;
        this.retirement = retirement;
        this.clock = clock;
    }

    @Override
    public void changed(Database database, Topology before) {
        assign(database);
        boolean any = false;
        for (Lease lease : leases.all()) {
            Reason reason = lease.database() == database ? whyNot(lease.endpoint(), database.topology()) : null;
            if (reason != null) {
                lease.retire(reason, clock.millis());
                any = true;
            }
        }
        if (any) {
            retirement.hurry();
        }
    }

    @Override
    public void seen(Database database) {
        if (assign(database)) {
            changed(database, database.topology());
        }
    }

    /** Null where it may stay. */
    private static Reason whyNot(Endpoint endpoint, Topology topology) {
        if (topology.serving().contains(endpoint) || topology.named().contains(endpoint)) {
            return null;
        }
        return topology.members().contains(endpoint) ? Reason.ROLE_LOST : Reason.DRAINED;
    }

    /** @return whether there was anything to be known again */
    private boolean assign(Database database) {
        Topology topology = database.topology();
        if (!topology.isLearnt()) {
            return false;
        }
        Map<InetAddress, Endpoint> instances = null;
        int moved = 0;
        for (Lease lease : leases.all()) {
            Endpoint from = lease.endpoint();
            if (lease.database() == database
                    && !topology.members().contains(from)
                    && topology.named().contains(from)
                    && lease.peer() != null) {
                instances = instances == null ? addresses(topology) : instances;
                Endpoint to = instances.get(lease.peer());
                if (to != null) {
                    lease.belongsTo(to);
                    moved++;
                }
            }
        }
        // A name gives one address at a time, so they are likely all on one.
        database.balancer().evenOut(moved * (topology.serving().size() - 1));
        return moved > 0;
    }

    private static Map<InetAddress, Endpoint> addresses(Topology topology) {
        Map<InetAddress, Endpoint> addresses = new HashMap<>();
        for (Endpoint member : topology.members()) {
            try {
                for (InetAddress address :
                        InetAddress.getAllByName(member.address().host())) {
                    addresses.put(address, member);
                }
            } catch (UnknownHostException notFromHere) {
                // Then it is none of those that the connections went to.
            }
        }
        return addresses;
    }
}
