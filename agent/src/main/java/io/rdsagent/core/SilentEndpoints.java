package io.rdsagent.core;

import io.rdsagent.connect.Attempts;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Health;
import io.rdsagent.event.Reason;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.Retirement;
import java.util.concurrent.Executor;

/** What becomes of connections, and of attempts to make one, when their endpoint no longer answers. */
final class SilentEndpoints implements Health.Consequence {

    private final Leases leases;
    private final Retirement retirement;
    private final Attempts attempts;
    private final Executor workers;

    SilentEndpoints(Leases leases, Retirement retirement, Attempts attempts, Executor workers) {
        this.leases = leases;
        this.retirement = retirement;
        this.attempts = attempts;
        this.workers = workers;
    }

    @Override
    public void silent(Database database, Endpoint endpoint) {
        // One probe may be wrong: with nowhere else to go, the connections that are there are kept.
        database.suspect();
        if (database.hasAlternativeTo(endpoint)) {
            leases.retire(endpoint, Reason.ENDPOINT_DEAD);
            retirement.hurry();
        }
    }

    @Override
    public void dead(Database database, Endpoint endpoint) {
        leases.retire(endpoint, Reason.ENDPOINT_DEAD);
        retirement.hurry();
        workers.execute(() -> leases.abort(endpoint, workers));
        workers.execute(() -> attempts.giveUp(endpoint));
    }
}
