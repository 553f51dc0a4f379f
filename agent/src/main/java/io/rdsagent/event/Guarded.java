package io.rdsagent.event;

/** A pool or driver asked whether a connection may be handed out, and was told that it is past its time. */
public final class Guarded {

    public final String database;
    public final String endpoint;
    public final Reason reason;

    public Guarded(String database, String endpoint, Reason reason) {
        this.database = database;
        this.endpoint = endpoint;
        this.reason = reason;
    }
}
