package io.rdsagent.event;

import java.time.Duration;

/** An endpoint was asked for a sign of life. */
public final class Probed {

    public final String database;
    public final String endpoint;
    public final boolean answered;
    public final Duration took;

    public Probed(String database, String endpoint, boolean answered, Duration took) {
        this.database = database;
        this.endpoint = endpoint;
        this.answered = answered;
        this.took = took;
    }
}
