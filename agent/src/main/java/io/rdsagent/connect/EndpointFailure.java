package io.rdsagent.connect;

import java.sql.SQLException;

/** This endpoint gave no connection; another may. */
final class EndpointFailure extends Exception {

    private static final long serialVersionUID = 1;

    private final SQLException forTheApplication;

    EndpointFailure(SQLException forTheApplication) {
        super(forTheApplication);
        this.forTheApplication = forTheApplication;
    }

    /** What it is told if there is no other. */
    SQLException forTheApplication() {
        return forTheApplication;
    }
}
