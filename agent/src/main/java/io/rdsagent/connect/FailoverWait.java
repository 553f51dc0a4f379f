package io.rdsagent.connect;

import io.rdsagent.endpoint.Endpoint;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What one connect does when all endpoints have failed it: it waits for one that serves, since a failover is likely under
 * way, and the application would get an error for nothing but its haste. HikariCP does the same for whoever borrows; Tomcat's
 * pool, DBCP and most others hand a failed connect on at once.
 */
final class FailoverWait {

    private static final long FIRST_PAUSE_MILLIS = 100;
    private static final long LONGEST_PAUSE_MILLIS = 250;

    private final ConnectPlan plan;
    private final long end;
    private final Clock clock;
    private long pause = FIRST_PAUSE_MILLIS;

    /** @param end of the time for the whole connect, by the clock */
    FailoverWait(ConnectPlan plan, long end, Clock clock) {
        this.plan = plan;
        this.end = end;
        this.clock = clock;
    }

    /** How long it would be waited now; zero where it is not. */
    Duration left(boolean isOutage) {
        Duration patience = plan.database().config().failoverWait();
        if (!isOutage || patience == null || plan.isAhead()) {
            return Duration.ZERO;
        }
        long now = clock.millis();
        long until = Math.min(end, plan.database().outage().seen(now, patience.toMillis()));
        return Duration.ofMillis(Math.max(0, until - now));
    }

    /**
     * Waits until other endpoints are fit than before, or it is time to try the same again.
     *
     * @return whether to try again
     */
    boolean await(EndpointFailure failure, List<Endpoint> fitBefore) {
        long left = left(failure.isOutage()).toMillis();
        if (left == 0) {
            return false;
        }
        try {
            plan.database().awaitFit(fitBefore, Math.min(left, pause));
        } catch (InterruptedException shutDown) {
            Thread.currentThread().interrupt();
            return false;
        }
        pause = Math.min(LONGEST_PAUSE_MILLIS, 2 * pause);
        return true;
    }
}
