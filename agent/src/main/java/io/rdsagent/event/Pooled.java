package io.rdsagent.event;

/** A pool has taken a connection in. */
public final class Pooled {

    public final String database;
    /** The pool's product and how its connections are let go. */
    public final String pool;

    /** By what it is held: predicate, guard, or observed alone. */
    public final String how;

    public final String endpoint;
    /** Which of the application's pools it is, counted from 1 as they are met; 0 where nobody can tell. */
    public final int number;

    public Pooled(String database, String pool, String how, String endpoint, int number) {
        this.database = database;
        this.pool = pool;
        this.how = how;
        this.endpoint = endpoint;
        this.number = number;
    }
}
