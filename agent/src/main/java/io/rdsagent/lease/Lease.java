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

    private static final long MOST_LEAD_MILLIS = 2000;
    private static final int LEAST_SHARE_AHEAD = 10;

    /** So long is tried to find one idle whose turn it is, before whoever borrows it next has the work of replacing it. */
    private static final long TRIED_MILLIS = 100;

    private final WeakReference<Connection> physical;
    private final Line line;
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

    private final HandOuts handOuts = new HandOuts();
    private final Idleness idleness = new Idleness();
    private volatile Reason reason;
    private volatile long pastSince;
    /** Whether a spare was asked for in its place. */
    private volatile boolean spared;
    /** Whether it had to wait for {@code connect.rate}. */
    private boolean heldBack;

    public Lease(Connection physical, Database database, Endpoint endpoint, long loginAt, long deadline) {
        this(physical, Connection::isClosed, database, endpoint, loginAt, deadline);
    }

    public Lease(Connection physical, Line line, Database database, Endpoint endpoint, long loginAt, long deadline) {
        this.line = line;
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
            return open == null || line.isClosed(open);
        } catch (SQLException | RuntimeException | LinkageError unusable) {
            // Its application may be gone, and the driver's classes with it.
            return true;
        }
    }

    boolean hasNews() {
        return line.hasNews();
    }

    boolean cut() {
        return line.cut();
    }

    Socket socket() {
        return line.socket();
    }

    public Database database() {
        return database;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /** Where its socket leads; null when that isn't known. */
    InetAddress peer() {
        Socket open = line.socket();
        return open == null ? null : open.getInetAddress();
    }

    /** The number of its socket on this side; 0 when that isn't known. */
    public int localPort() {
        Socket open = line.socket();
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

    public HandOuts handOuts() {
        return handOuts;
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
        return idleness.seen(now);
    }

    /** How long it has lain in the pool; on the sweeping thread alone. */
    long idleFor(long now) {
        return idleness.look(holder, now);
    }
}
