package io.rdsagent.event;

/** A pool could not be made to let go of an idle connection that is past its time. */
public final class Stayed {

    public final String database;
    /** The pool's product and how its connections are let go. */
    public final String pool;

    public final Throwable why;

    public Stayed(String database, String pool, Throwable why) {
        this.database = database;
        this.pool = pool;
        this.why = why;
    }
}
