package io.rdsagent.lease;

import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Reason;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;

/** The agent's record of one physical connection. All times are milliseconds of the clock. */
public final class Lease {

    /** The deadline of a connection that may live for ever. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long DOOMED = -1;

    private final WeakReference<Connection> physical;
    private final Closed closed;
    private final Database database;
    private final Endpoint endpoint;
    private volatile long loginAt;
    private volatile long deadline;
    private volatile Holder holder;
    private volatile Opener opener;
    /** How often a pool that was found has handed it out; {@link #DOOMED} when it is not to be handed out again. */
    private long handedOut;

    private volatile Reason reason;
    private volatile long pastSince;
    /** Touched by the sweeping thread alone, as is the next. */
    private long stamp = Holder.UNKNOWN;

    private long idleSince;

    /** How a driver's connection is asked whether it is closed, without waiting for anything. */
    public interface Closed {
        boolean isClosed(Connection physical) throws SQLException;
    }

    public Lease(Connection physical, Database database, Endpoint endpoint, long loginAt, long deadline) {
        this(physical, Connection::isClosed, database, endpoint, loginAt, deadline);
    }

    public Lease(
            Connection physical, Closed closed, Database database, Endpoint endpoint, long loginAt, long deadline) {
        this.closed = closed;
        this.physical = new WeakReference<>(physical);
        this.database = database;
        this.endpoint = endpoint;
        this.loginAt = loginAt;
        this.deadline = deadline;
    }

    /** Null when the application has let go of it without closing it. */
    public Connection physical() {
        return physical.get();
    }

    /** Whether nobody uses it any more. */
    boolean isOver() {
        Connection open = physical.get();
        try {
            return open == null || closed.isClosed(open);
        } catch (SQLException | RuntimeException unusable) {
            return true;
        }
    }

    public Database database() {
        return database;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    public long loginAt() {
        return loginAt;
    }

    /** {@link #NEVER} when it may live for ever. */
    public long deadline() {
        return deadline;
    }

    /** The same connection has logged in again by itself: the deadline is its session's. */
    public synchronized void renew(long newLoginAt, long newDeadline) {
        loginAt = newLoginAt;
        deadline = newDeadline;
        if (reason == Reason.AGE) {
            reason = null;
        }
    }

    /** The pool it lies in; null for a direct connection. */
    public Holder holder() {
        return holder;
    }

    void heldBy(Holder pool) {
        holder = pool;
    }

    /** Who asked for it; null when nobody looked. */
    public Opener opener() {
        return opener;
    }

    void openedBy(Opener who) {
        opener = who;
    }

    public synchronized long handedOut() {
        return handedOut;
    }

    /** @return false when it is doomed and so of no use to anybody */
    public synchronized boolean handOut() {
        if (handedOut == DOOMED) {
            return false;
        }
        handedOut++;
        return true;
    }

    /** @return false when it has been handed out since {@code times} was read, and so may be in use */
    public synchronized boolean doom(long times) {
        if (handedOut != times || times == DOOMED) {
            return false;
        }
        handedOut = DOOMED;
        return true;
    }

    /** Whether the connection ought not to be handed out any more. */
    public boolean isPast(long now) {
        if (reason == null && now >= deadline) {
            age(now);
        }
        return reason != null;
    }

    private synchronized void age(long now) {
        if (now >= deadline) {
            retire(Reason.AGE, deadline);
        }
    }

    /** For this reason from this moment on; the first reason stays. */
    synchronized void retire(Reason why, long since) {
        if (reason == null) {
            pastSince = since;
            reason = why;
        }
    }

    /** Null while it is not past. */
    public Reason reason() {
        return reason;
    }

    public long pastSince() {
        return pastSince;
    }

    /** How long it has lain in the pool, as far as looking now and then can tell: never more than it has. */
    long idleFor(long now) {
        Holder pool = holder;
        long seen = pool == null ? Holder.UNKNOWN : pool.lastUse();
        if (seen == Holder.UNKNOWN || seen == Holder.IN_USE || seen != stamp) {
            stamp = seen;
            idleSince = now;
        }
        return now - idleSince;
    }
}
