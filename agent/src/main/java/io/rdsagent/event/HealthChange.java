package io.rdsagent.event;

/** An endpoint began or ceased to serve, or was given up. */
public final class HealthChange {

    public final String database;
    public final String endpoint;
    public final State state;
    /** Whether another endpoint of the database serves. */
    public final boolean alternative;
    /** What was seen, as a clause: "connection refused". */
    public final String why;

    public HealthChange(String database, String endpoint, State state, boolean alternative, String why) {
        this.database = database;
        this.endpoint = endpoint;
        this.state = state;
        this.alternative = alternative;
        this.why = why;
    }

    /** What it has become. */
    public enum State {
        SERVING,
        /** It gave no sign of life. */
        SILENT,
        /** It has given none for {@code dead.after} probes: what is in use on it is cut. */
        DEAD
    }
}
