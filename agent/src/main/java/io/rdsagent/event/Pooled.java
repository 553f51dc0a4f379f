package io.rdsagent.event;

/** A pool has taken a connection in. */
public final class Pooled {

    public final String database;
    /** The pool's product and how its connections are let go. */
    public final String pool;

    public Pooled(String database, String pool) {
        this.database = database;
        this.pool = pool;
    }
}
