package io.rdsagent.endpoint;

import io.rdsagent.event.HealthChange;
import io.rdsagent.event.Probed;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

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
    /** So many probes in a row at most where {@code dead.after} is off. */
    private static final int USUAL_PROBES = 3;
    /** An endpoint that goes down again this soon has to prove itself for longer. */
    private static final long FLAPPING_MILLIS = 60_000;

    /** Who was away for less than this comes back to the share that it had. */
    private static final long LONG_MILLIS = 10_000;

    private static final int MOST_PROOFS = 8;

    /** Intervals without a probe after which none is to be waited for. */
    private static final int LATE = 5;

    private final Health health;
    private final Database database;
    private final Endpoint endpoint;
    private final long timeoutMillis;
    private Future<?> next;
    private boolean leaving;
    private boolean over;
    private int underWay;
    private long askedAt;
    /** Those asked before the last sign of life prove nothing by failing. */
    private int signsOfLife;

    private int failures;
    private long silencedAt;
    /** How many answers in a row it takes to be trusted again; doubled each time it goes down again soon. */
    private int proofs = 1;

    private int proofsLeft;

    Watch(Health health, Database database, Endpoint endpoint) {
        this.health = health;
        this.database = database;
        this.endpoint = endpoint;
        this.timeoutMillis = database.config().healthTimeout().toMillis();
    }

    /** It serves, from now on or still. */
    synchronized void begin() {
        leaving = false;
        if (next == null && underWay == 0) {
            schedule(interval());
        }
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
        endpoint.await(false);
        endpoint.state(HealthChange.State.SERVING);
        health.left(endpoint);
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
            health.probe.run(endpoint, database.handshake(), (int) (timeoutMillis * (enough() + 1) / 2));
            probed(true, began);
            succeeded("a probe was answered");
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
    private synchronized boolean isTooLate(Asked asked) {
        return asked.failed || asked.after != signsOfLife;
    }

    /**
     * Null when enough are under way, or the endpoint has answered meanwhile. One that is dead is asked by one at a time: its
     * threads are for those that are not settled.
     *
     * @param unanswered the probe that this one is to help; null when it is for its own sake
     */
    private synchronized Asked began(Asked unanswered) {
        if (over || underWay >= enough()) {
            return null;
        }
        if (unanswered != null && (unanswered.after != signsOfLife || endpoint.isDead())) {
            return null;
        }
        askedAt = health.clock.millis();
        Asked asked = new Asked(signsOfLife);
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
        int doublings = Math.min(10, Math.max(0, failures - enough()));
        return Math.min(interval(), AGAIN_MILLIS << doublings);
    }

    private int enough() {
        int configured = database.config().deadAfter();
        return configured > 0 ? configured : USUAL_PROBES;
    }

    void proven() {
        synchronized (this) {
            proofsLeft = 0;
        }
        succeeded("a login went through");
    }

    private void succeeded(String why) {
        synchronized (this) {
            endpoint.await(false);
            signsOfLife++;
            failures = 0;
            proofsLeft--;
            if (over || endpoint.isHealthy() || proofsLeft > 0) {
                return;
            }
            endpoint.state(HealthChange.State.SERVING);
            if (health.clock.millis() - silencedAt >= LONG_MILLIS) {
                endpoint.warmUp(health.clock.millis());
            }
        }
        database.changed();
        tell(HealthChange.State.SERVING, why);
    }

    private void failed(Asked asked, IOException silence) {
        HealthChange.State before;
        HealthChange.State now;
        synchronized (this) {
            if (over || asked.failed || asked.after != signsOfLife) {
                return;
            }
            asked.failed = true;
            failures++;
            endpoint.failed(health.clock.millis());
            before = endpoint.state();
            now = before == HealthChange.State.DEAD || isDead() ? HealthChange.State.DEAD : HealthChange.State.SILENT;
            if (before == HealthChange.State.SERVING) {
                eject();
            }
            proofsLeft = proofs;
            endpoint.state(now);
        }
        follow(before, now, why(silence));
    }

    private void eject() {
        long at = health.clock.millis();
        boolean again = silencedAt > 0 && at - silencedAt < FLAPPING_MILLIS;
        proofs = again ? Math.min(MOST_PROOFS, 2 * proofs) : 1;
        silencedAt = at;
    }

    private boolean isDead() {
        return database.config().deadAfter() > 0 && failures >= enough();
    }

    private void follow(HealthChange.State before, HealthChange.State now, String why) {
        if (before == HealthChange.State.SERVING) {
            tell(HealthChange.State.SILENT, why);
            health.consequence.silent(database, endpoint);
        }
        if (now == HealthChange.State.DEAD && before != HealthChange.State.DEAD) {
            tell(HealthChange.State.DEAD, why);
            health.consequence.dead(database, endpoint);
        }
    }

    private void tell(HealthChange.State now, String why) {
        health.events.health(new HealthChange(
                database.toString(), endpoint.toString(), now, database.hasAlternativeTo(endpoint), why));
    }

    private static String why(IOException silence) {
        if (silence instanceof UnknownHostException) {
            return "its name is not known here";
        }
        String message = silence.getMessage();
        return message == null ? silence.getClass().getSimpleName() : message;
    }

    /** One probe under way. */
    private static final class Asked {

        private final int after;
        private boolean failed;
        private Future<?> next;
        private Future<?> late;

        Asked(int signsOfLife) {
            this.after = signsOfLife;
        }
    }
}
