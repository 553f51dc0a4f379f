package io.rdsagent.lease;

import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Reason;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;

/** The agent's record of one physical connection. All times are milliseconds of the clock. */
public final class Lease {

    /** The deadline of a connection that may live for ever. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final long DOOMED = -1;

    private static final long MOST_LEAD_MILLIS = 2000;
    private static final int LEAST_SHARE_AHEAD = 10;

    /** So long is tried to find one idle whose turn it is, before whoever borrows it next has the work of replacing it. */
    private static final long TRIED_MILLIS = 100;

    private final WeakReference<Connection> physical;
    private final Closed closed;
    private final Database database;
    private volatile Endpoint endpoint;
    private boolean ended;
    private volatile long loginAt;
    private volatile long deadline;
    private volatile Holder holder;
    private volatile Opener opener;
    private volatile Recipe recipe;
    private volatile boolean adopted;
    /** Since when its pool may be asked to let it go, as those of one pool go in turn; {@link #NEVER} before that. */
    private volatile long turnSince = NEVER;
    /** How often a pool that was found has handed it out; {@link #DOOMED} when it is not to be handed out again. */
    private long handedOut;

    private volatile Reason reason;
    private volatile long pastSince;
    /** Touched by the sweeping thread alone, as is the next. */
    private long stamp = Holder.UNKNOWN;

    private volatile long idleSince;
    /** Whether a spare was asked for in its place. */
    private volatile boolean spared;
    /** Whether it had to wait for {@code connect.rate}. */
    private boolean heldBack;

    /** How a driver's connection is asked whether it is closed, without waiting for anything. */
    public interface Closed {
        boolean isClosed(Connection physical) throws SQLException;

        /** Whether the server has sent something that nobody asked for: good-bye, most likely. */
        default boolean hasNews() {
            return false;
        }

        /**
         * Closes the socket beneath whatever waits on it.
         *
         * @return false if it is not known
         */
        default boolean cut() {
            return false;
        }

        /** The TCP connection; null if it is not known. */
        default Socket socket() {
            return null;
        }
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

    boolean hasNews() {
        return closed.hasNews();
    }

    boolean cut() {
        return closed.cut();
    }

    Socket socket() {
        return closed.socket();
    }

    public Database database() {
        return database;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Where its socket leads; null when that isn't known. */
    InetAddress peer() {
        Socket open = closed.socket();
        return open == null ? null : open.getInetAddress();
    }

    /** The number of its socket on this side; 0 when that isn't known. */
    public int localPort() {
        Socket open = closed.socket();
        return open == null ? 0 : Math.max(0, open.getLocalPort());
    }

    /** It went there by another name. */
    synchronized void belongsTo(Endpoint instance) {
        if (!ended) {
            instance.opened();
            endpoint.closed();
            endpoint = instance;
        }
    }

    /** It is counted no more. */
    synchronized void end() {
        ended = true;
        endpoint.closed();
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
            turnSince = NEVER;
            spared = false;
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

    /** How another like it is made; null when none is to be made ahead. */
    Recipe recipe() {
        return recipe;
    }

    public void madeBy(Recipe how) {
        recipe = how;
    }

    /** Whether it was there before the agent, which therefore knows only since when it knows it. */
    public boolean isAdopted() {
        return adopted;
    }

    void adopted() {
        adopted = true;
    }

    /** Whether it is now held by a pool that is there. */
    boolean isPooled() {
        Holder pool = holder;
        return pool != null && pool.pool() != null;
    }

    /** How long before its deadline another is made ready: a login's time, and little of a short life. */
    long lead() {
        return Math.min(MOST_LEAD_MILLIS, (deadline - loginAt) / LEAST_SHARE_AHEAD);
    }

    boolean isSpared() {
        return spared;
    }

    void spared() {
        spared = true;
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

    /** Takes {@link #doom} back: it has been taken out of where it lay meanwhile. */
    public synchronized void pardon(long times) {
        handedOut = times;
    }

    /**
     * Whether it is past its time and is to be let go by whoever comes across it. Those of a pool do so in turn, so that all
     * who borrow at one moment don't find all gone.
     */
    boolean isToGo(long now) {
        return isPast(now) && (holder == null || isUrgent(now) || (hasTurn() && now - turnSince >= TRIED_MILLIS));
    }

    /** A dead connection serves nobody, nor does a writer's that can't write; one whose margin is half spent has waited enough. */
    boolean isUrgent(long now) {
        return isDead()
                || (reason == Reason.ROLE_LOST && database.wantsWriter())
                || now - pastSince > marginMillis() / 2;
    }

    /** Whether it leads nowhere any more. */
    boolean isDead() {
        Reason why = reason;
        return why != null && why.isLoss();
    }

    long marginMillis() {
        return database.config().lifetimeMargin().toMillis();
    }

    boolean hasTurn() {
        return turnSince != NEVER;
    }

    void giveTurn(long now) {
        turnSince = now;
    }

    /** Whether the application has it now, as far as its pool tells. */
    boolean isInUse() {
        Holder pool = holder;
        return pool != null && pool.lastUse() == Holder.IN_USE;
    }

    /** @return whether it is the first time; on the sweeping thread alone */
    boolean holdBack() {
        boolean first = !heldBack;
        heldBack = true;
        return first;
    }

    /** Whether the connection's time is over. */
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

    /** For this reason from this moment on; the first reason stays, unless it is dead now. */
    synchronized void retire(Reason why, long since) {
        if (reason == null) {
            pastSince = since;
            reason = why;
        } else if (why.isLoss() && !isDead()) {
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

    /** The same as was seen last. */
    long idleSeen(long now) {
        return idleSince == 0 ? 0 : now - idleSince;
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
