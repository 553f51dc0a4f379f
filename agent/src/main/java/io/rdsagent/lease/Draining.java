package io.rdsagent.lease;

import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Reason;

/** A person's order to leave an endpoint: nothing new goes there, and what is open leaves without an error. */
public final class Draining {

    private final Databases databases;
    private final Leases leases;
    private final Retirement retirement;

    public Draining(Databases databases, Leases leases, Retirement retirement) {
        this.databases = databases;
        this.leases = leases;
        this.retirement = retirement;
    }

    /**
     * Where there is no other endpoint to go to, new connections go there all the same.
     *
     * @return how many connections are to leave; those in use leave when they come back to their pools
     */
    public int drain(HostPort address) {
        int leaving = 0;
        for (Endpoint endpoint : databases.drain(address, true)) {
            leaving += leases.retire(endpoint, Reason.ORDERED);
        }
        retirement.hurry();
        return leaving;
    }

    /** New connections go there again. */
    public void undrain(HostPort address) {
        databases.drain(address, false);
    }
}
