package io.rdsagent.endpoint;

import io.rdsagent.event.Probed;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One endpoint under observation.
 *
 * <p>A probe that is not answered in {@code health.timeout} has failed, and yet is listened to for longer: while it
 * waits the next ones begin, half a timeout apart, and whichever is answered, however late, shows that the server lives.
 * So an endpoint is dead when nothing at all has come from it for as long as the first of {@code dead.after} probes
 * waited: at the defaults 4 s, and 9 s at most after its last word.
 */
final class Watch {

    /** While an endpoint is down it is asked again this soon, at first: time enough to restart, short enough to notice. */
    private static final long AGAIN_MILLIS = 500;
    /** However many connections complain at once, an endpoint is asked no more often than this. */
    private static final long COMPLAINT_MILLIS = 200;
    /** Intervals without a probe after which none is to be waited for. */
    private static final int LATE = 5;

    private final Health health;
    private final Database database;
    private final Endpoint endpoint;
    private final Verdict verdict;
    private final long timeoutMillis;
    private Future<?> next;
    private boolean leaving;
    private boolean over;
    private int underWay;
    private long askedAt;

    Watch(Health health, Database database, Endpoint endpoint) {
        this.health = health;
        this.database = database;
        this.endpoint = endpoint;
        this.verdict = new Verdict(health, database, endpoint);
        this.timeoutMillis = database.config().healthTimeout().toMillis();
    }

    /**
     * It serves, from now on or still.
     *
     * @return false if this watch has just ended, and another is to be made
     */
    synchronized boolean begin() {
        leaving = false;
        if (next == null && underWay == 0) {
            schedule(interval());
        }
        return !over;
    }

    /**
     * Asks it at once, which it was never before.
     *
     * @param first whether it is to answer before it is given anything: others serve meanwhile
     */
    void meet(boolean first) {
        endpoint.await(first);
        complain();
    }

    synchronized void leave() {
        leaving = true;
        if (endpoint.open() == 0) {
            end();
        }
    }

    /** Nobody looks after it any more: whoever tries it finds out. */
    private synchronized void end() {
        over = true;
        if (next != null) {
            next.cancel(false);
        }
        verdict.end();
        health.left(endpoint, this);
    }

    private synchronized void schedule(long delayMillis) {
        if (over) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = after(delayMillis, this::askSoon);
    }

    private Future<?> after(long delayMillis, Runnable step) {
        return health.timer.schedule(step, delayMillis, TimeUnit.MILLISECONDS);
    }

    private void askSoon() {
        health.probers.execute(() -> ask(began(null)));
    }

    /**
     * It is no matter whether there is a thread for another soon: the one that waits listens on, so that its silence counts.
     *
     * @param unanswered the probe that another is to help
     */
    private void askOnce(Asked unanswered) {
        Asked another = began(unanswered);
        if (another == null) {
            return;
        }
        boolean begun = false;
        try {
            health.probers.execute(() -> ask(another));
            begun = true;
        } finally {
            if (!begun) {
                ended(another);
            }
        }
    }

    /** Plans a probe where none is planned and none was for long: there was no memory to plan it. */
    synchronized void goOn() {
        long overdue = askedAt + LATE * database.config().healthInterval().toMillis();
        if (!over && underWay == 0 && (next == null || next.isDone()) && health.clock.millis() > overdue) {
            schedule(0);
        }
    }

    void complain() {
        if (claim()) {
            askSoon();
        }
    }

    /** For the first of those who complain at once: the probe may have to wait for a free thread. */
    private synchronized boolean claim() {
        long now = health.clock.millis();
        if (underWay > 0 || now - askedAt < COMPLAINT_MILLIS) {
            return false;
        }
        askedAt = now;
        return true;
    }

    /** @param asked null when there is nothing to ask */
    private void ask(Asked asked) {
        if (asked == null) {
            return;
        }
        if (isTooLate(asked)) {
            ended(asked);
            return;
        }
        long began = health.clock.millis();
        try {
            health.probe.run(endpoint, database.handshake(), (int) (timeoutMillis * (verdict.enough() + 1) / 2));
            probed(true, began);
            verdict.alive("a probe was answered");
        } catch (IOException silence) {
            probed(false, began);
            failed(asked, silence);
        } finally {
            ended(asked);
        }
    }

    private void probed(boolean answered, long began) {
        health.events.probed(new Probed(
                database.toString(), endpoint.toString(), answered, Duration.ofMillis(health.clock.millis() - began)));
    }

    /** It has waited for a thread for so long that it is settled what it was to find out. */
    private boolean isTooLate(Asked asked) {
        return asked.failed.get() || asked.after != verdict.signsOfLife();
    }

    /**
     * Null when enough are under way, or the endpoint has answered meanwhile. One that is dead is asked by one at a time: its
     * threads are for those that are not settled.
     *
     * @param unanswered the probe that this one is to help; null when it is for its own sake
     */
    private synchronized Asked began(Asked unanswered) {
        if (over || underWay >= verdict.enough()) {
            return null;
        }
        if (unanswered != null && (unanswered.after != verdict.signsOfLife() || endpoint.isDead())) {
            return null;
        }
        askedAt = health.clock.millis();
        Asked asked = new Asked(verdict.signsOfLife());
        asked.next = after(timeoutMillis / 2, () -> askOnce(asked));
        asked.late =
                after(timeoutMillis, () -> failed(asked, new IOException("no answer within " + timeoutMillis + " ms")));
        // Last: there may be no memory to plan what comes before.
        underWay++;
        return asked;
    }

    private synchronized void ended(Asked asked) {
        asked.next.cancel(false);
        asked.late.cancel(false);
        underWay--;
        if (underWay > 0) {
            return;
        }
        if (leaving && endpoint.open() == 0) {
            end();
        } else {
            schedule(endpoint.isHealthy() ? interval() : again());
        }
    }

    /** Up to a fifth sooner, so that many JVMs do not ask in step. */
    private long interval() {
        long most = database.config().healthInterval().toMillis();
        return (long) (most * (0.8 + 0.2 * ThreadLocalRandom.current().nextDouble()));
    }

    /** Twice as long each time, up to the interval. */
    private long again() {
        int doublings = Math.min(10, Math.max(0, verdict.failures() - verdict.enough()));
        return Math.min(interval(), AGAIN_MILLIS << doublings);
    }

    void proven() {
        verdict.proven();
    }

    private void failed(Asked asked, IOException silence) {
        if (asked.failed.compareAndSet(false, true)) {
            verdict.silent(asked.after, silence);
        }
    }

    /** One probe under way. */
    private static final class Asked {

        private final int after;
        private final AtomicBoolean failed = new AtomicBoolean();
        private Future<?> next;
        private Future<?> late;

        Asked(int signsOfLife) {
            this.after = signsOfLife;
        }
    }
}
