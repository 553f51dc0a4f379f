package io.rdsagent.event;

/** What became of a connection that was opened ahead of need. */
public final class Spare {

    public final String database;
    /** Null when it could not be opened. */
    public final String endpoint;

    public final Fate fate;
    /** Why it was closed or not opened, as a clause; null for the others. */
    public final String why;

    public Spare(String database, String endpoint, Fate fate, String why) {
        this.database = database;
        this.endpoint = endpoint;
        this.fate = fate;
        this.why = why;
    }

    /** What happened to it. */
    public enum Fate {
        OPENED,
        /** Somebody connected, and was given it. */
        TAKEN,
        CLOSED,
        NOT_OPENED
    }
}
