package io.rdsagent.event;

import java.time.Duration;

/** An endpoint was tried and gave no connection. */
public final class FailedLogin {

    public final String database;
    public final String endpoint;
    public final String dialled;
    /** Null when the driver chose it and no token was signed for it. */
    public final String user;
    /** The driver's SQLState; null when it gave none. */
    public final String sqlState;
    /** The server's or driver's own, on one line; null when there are none. */
    public final String words;

    public final Cause cause;
    /** What failed and what a person can do, in sentences. */
    public final String diagnosis;
    /** The endpoint that is tried next within the same call; null when the application got an exception, or waits. */
    public final String next;
    /** How long the call waits for an endpoint that serves, at most; null when it does not. */
    public final Duration wait;

    public final Circumstances seen;

    public FailedLogin(
            String database,
            String endpoint,
            String dialled,
            String user,
            String sqlState,
            String words,
            Cause cause,
            String diagnosis,
            String next,
            Duration wait,
            Circumstances seen) {
        this.database = database;
        this.endpoint = endpoint;
        this.dialled = dialled;
        this.user = user;
        this.sqlState = sqlState;
        this.words = words;
        this.cause = cause;
        this.diagnosis = diagnosis;
        this.next = next;
        this.wait = wait;
        this.seen = seen;
    }
}
