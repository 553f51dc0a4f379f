package io.rdsagent.lease;

import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Events;
import java.sql.Connection;
import java.time.Clock;

/** Leases for the tests of other packages. */
public final class LeasesFixture {

    private final Leases leases = new Leases(Clock.systemUTC(), new Events() {});

    public Leases leases() {
        return leases;
    }

    public Lease add(Connection physical, Endpoint endpoint) {
        Lease lease = new Lease(physical, null, endpoint, 0, Lease.NEVER);
        leases.add(physical, lease);
        return lease;
    }
}
