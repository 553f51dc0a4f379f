package io.rdsagent.event;

/** An endpoint began or ceased to serve. */
public final class HealthChange {

    public final String database;
    public final String endpoint;
    public final boolean healthy;
    /** What was seen, as a clause: "connection refused". */
    public final String why;

    public HealthChange(String database, String endpoint, boolean healthy, String why) {
        this.database = database;
        this.endpoint = endpoint;
        this.healthy = healthy;
        this.why = why;
    }
}
