package io.rdsagent.lease;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.Lifetime;
import io.rdsagent.event.Events;
import io.rdsagent.event.Reason;
import io.rdsagent.event.Retired;
import io.rdsagent.event.Stayed;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/** Ends leases gracefully: sets their deadlines, and sweeps out what lies idle past its time. */
public final class Retirement {

    /** Told when the first lease becomes past its time and when the last one has gone. */
    public interface Flag {
        void overdue(boolean any);
    }

    /** How often is looked at what the application has closed, while nothing in a pool is overdue. */
    private static final long SELDOM_MILLIS = 1000;

    /** How soon is looked whether those have gone that were told to. */
    private static final long GONE_MILLIS = 10;

    private static final int LEAST_SHARE = 10;

    private final Leases leases;
    private final Spares spares;
    private final Turns turns;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final DoubleSupplier random;
    private final Flag flag;
    private final Events events;
    /** On the timer's thread alone. */
    private List<Lease> leaving = new ArrayList<>();

    private Future<?> next;
    private long nextAt = Lease.NEVER;

    /** @param random from 0 to 1, for the jitter */
    public Retirement(
            Leases leases,
            Spares spares,
            Clock clock,
            ScheduledExecutorService timer,
            DoubleSupplier random,
            Flag flag,
            Events events) {
        this.leases = leases;
        this.spares = spares;
        this.turns = new Turns(spares, events);
        this.clock = clock;
        this.timer = timer;
        this.random = random;
        this.flag = flag;
        this.events = events;
    }

    /** Records a connection that has just logged in. */
    public void begin(Connection physical, Lease lease) {
        Lease before = leases.add(physical, lease);
        if (before != null) {
            before.end();
        }
        lease.endpoint().opened();
        wakeAt(Math.min(lease.deadline(), clock.millis() + SELDOM_MILLIS));
    }

    /**
     * Its server has refused to write. An application that writes in read-only transactions is told the same by a writer, so
     * no more go for this than {@code connect.rate} lets come.
     */
    public void roleLost(Lease lease) {
        if (turns.isWithinRate(lease.database(), clock.millis())) {
            lease.retire(Reason.ROLE_LOST, clock.millis());
            hurry();
        }
    }

    /** Sweeps, if there are leases and no sweep is planned: the last one found no memory to plan another. */
    public void goOn() {
        if (!isPlanned() && !leases.all().isEmpty()) {
            hurry();
        }
    }

    private synchronized boolean isPlanned() {
        return next != null && !next.isDone();
    }

    /** Something has changed that may make leases past: sweeps at once. */
    public void hurry() {
        wakeAt(clock.millis());
    }

    /**
     * When a connection is past its time. However old its token was and however large the jitter is, it is let live
     * for a tenth of what it may at most: a pool that gets only connections to be thrown away would make nothing else.
     *
     * @param loginAt milliseconds of the clock
     * @param tokenSignedAt the same, of the token it logged in with; {@code loginAt} without one
     */
    public long deadline(DatabaseConfig config, long loginAt, long tokenSignedAt) {
        Lifetime lifetime = config.lifetime();
        if (lifetime.kind() == Lifetime.Kind.OFF) {
            return Lease.NEVER;
        }
        long from = lifetime.kind() == Lifetime.Kind.TOKEN ? tokenSignedAt : loginAt;
        long length = lifetime.duration().toMillis();
        long usable = length - config.lifetimeMargin().toMillis();
        double jitter = config.lifetimeJitter() * random.getAsDouble() * length;
        return Math.max(from + usable - (long) jitter, loginAt + usable / LEAST_SHARE);
    }

    private synchronized void wakeAt(long at) {
        if (isPlanned() && nextAt <= at) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        nextAt = at;
        next = timer.schedule(this::sweep, Math.max(0, at - clock.millis()), TimeUnit.MILLISECONDS);
    }

    private synchronized void woken() {
        next = null;
        nextAt = Lease.NEVER;
    }

    /** One round; and whatever becomes of it, there is a next. */
    void sweep() {
        woken();
        long wake = clock.millis() + SELDOM_MILLIS;
        try {
            wake = round(clock.millis());
        } finally {
            if (wake != Lease.NEVER) {
                wakeAt(wake);
            }
        }
    }

    /** @return when the next is due, {@link Lease#NEVER} while there are no leases */
    private long round(long now) {
        for (Lease dropped : leases.forgetCollected()) {
            end(dropped, now);
        }
        Sorted sorted = new Sorted();
        for (Lease lease : leases.all()) {
            if (lease.isOver()) {
                end(lease, now);
            } else {
                sorted.add(lease, isPast(lease, now), now);
            }
        }
        spares.tidy(sorted.recipes, now);
        turns.prepare(sorted.due, now);
        turns.give(sorted.past, leases.all(), now);
        leaving = sorted.leaving(now);
        raise(now);
        retire(sorted.past, now);
        watch(now + Turns.MOMENT_MILLIS);
        long next = now + (sorted.past.isEmpty() ? SELDOM_MILLIS : Turns.MOMENT_MILLIS);
        return sorted.any ? Math.min(sorted.earliest, next) : Lease.NEVER;
    }

    private void end(Lease lease, long now) {
        leases.remove(lease);
        lease.end();
        if (lease.isPast(now)) {
            events.retired(new Retired(
                    lease.database().toString(),
                    lease.endpoint().toString(),
                    lease.reason(),
                    Duration.ofMillis(now - lease.loginAt()),
                    Duration.ofMillis(now - lease.pastSince())));
        }
    }

    private static boolean isPast(Lease lease, long now) {
        Duration idle = lease.database().config().idle();
        if (idle != null && lease.idleFor(now) >= idle.toMillis()) {
            lease.retire(Reason.IDLE, now);
        }
        return lease.isPast(now);
    }

    /** While the flag is up each borrow looks its connection up. */
    private void raise(long now) {
        flag.overdue(leaving.stream().anyMatch(lease -> !lease.isPooled() || lease.isToGo(now)));
    }

    /**
     * Until the next round, so that the flag goes down as soon as those that were to go have gone, and that a connection
     * which comes back is replaced while it lies idle, by the agent's thread and not by whoever borrows it next.
     */
    private void watch(long until) {
        if (clock.millis() >= until || leaving.stream().noneMatch(Lease::isPooled)) {
            return;
        }
        Future<?> unused = timer.schedule(
                () -> {
                    long now = clock.millis();
                    leaving.removeIf(Lease::isOver);
                    raise(now);
                    retire(leaving.stream().filter(lease -> !lease.isToGo(now)).collect(Collectors.toList()), now);
                    watch(until);
                },
                GONE_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Again in each round until they have gone; one in use is marked after a while, and goes when it comes back. */
    private void retire(List<Lease> past, long now) {
        for (Lease lease : past) {
            Holder holder = lease.holder();
            if (lease.hasTurn() && (lease.isToGo(now) || !lease.isInUse())) {
                holder.retire(why -> events.stayed(new Stayed(lease.database().toString(), holder.description(), why)));
            }
        }
    }
}
