package io.rdsagent.event;

import java.time.Duration;

/** A connection that was past its time has been closed by its pool. */
public final class Retired {

    public final String database;
    public final String endpoint;
    public final Reason reason;
    /** Since its login. */
    public final Duration age;
    /** From the moment it was past its time until it was seen closed: in use, or waiting for its turn. */
    public final Duration lag;

    public Retired(String database, String endpoint, Reason reason, Duration age, Duration lag) {
        this.database = database;
        this.endpoint = endpoint;
        this.reason = reason;
        this.age = age;
        this.lag = lag;
    }
}
