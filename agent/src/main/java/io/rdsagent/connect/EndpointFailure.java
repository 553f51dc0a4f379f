package io.rdsagent.connect;

import io.rdsagent.event.Cause;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Set;

/** This endpoint gave no connection; another may. */
final class EndpointFailure extends Exception {

    private static final long serialVersionUID = 1;

    private static final Set<Cause> OUTAGES = EnumSet.of(
            Cause.NAME_UNKNOWN,
            Cause.NO_ANSWER,
            Cause.NO_ROUTE,
            Cause.REFUSED_CONNECTION,
            Cause.HUNG_UP,
            Cause.OTHER_ROLE);

    private final SQLException forTheApplication;
    private final boolean outage;

    EndpointFailure(SQLException forTheApplication, boolean outage) {
        super(forTheApplication);
        this.forTheApplication = forTheApplication;
        this.outage = outage;
    }

    /** @param state the driver's SQLState; null when it gave none */
    static boolean isOutage(Cause cause, String state) {
        // 57P01 to 57P03: the server is going, or coming.
        return OUTAGES.contains(cause) || (state != null && state.startsWith("57P0"));
    }

    /** Whether it is likely to pass by itself, as a failover does. */
    boolean isOutage() {
        return outage;
    }

    /** What it is told if there is no other. */
    SQLException forTheApplication() {
        return forTheApplication;
    }
}
