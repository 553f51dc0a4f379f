package io.rdsagent.endpoint;

import io.rdsagent.event.Events;
import io.rdsagent.event.HealthChange;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Which endpoints serve: probes each in its interval, and at once where something failed. */
public final class Health {

    /** What follows from a failed probe; called on a probing thread. */
    public interface Consequence {
        /** The endpoint, which served until now, gave no sign of life. */
        void silent(Database database, Endpoint endpoint);

        /** {@code dead.after} probes have failed in a row: what is in use on it waits for a server that is gone. */
        void dead(Database database, Endpoint endpoint);
    }

    /** While an endpoint is down it is asked again this soon: time enough to restart, short enough to notice. */
    private static final long AGAIN_MILLIS = 500;
    /** Intervals without a probe after which none is to be waited for. */
    private static final int LATE = 5;

    /** However many connections complain at once, an endpoint is asked no more often than this. */
    private static final long COMPLAINT_MILLIS = 200;

    private final Probe probe;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Executor probers;
    private final Consequence consequence;
    private final Events events;
    private final Map<Endpoint, Watch> watches = new ConcurrentHashMap<>();

    /** @param probers runs the probes, which block, few at a time */
    public Health(
            Probe probe,
            Clock clock,
            ScheduledExecutorService timer,
            Executor probers,
            Consequence consequence,
            Events events) {
        this.probe = probe;
        this.clock = clock;
        this.timer = timer;
        this.probers = probers;
        this.consequence = consequence;
        this.events = events;
    }

    /** Probes the endpoints of a database from now on. */
    public void watch(Database database) {
        for (Endpoint endpoint : database.endpoints()) {
            Watch watch = new Watch(database, endpoint);
            if (watches.putIfAbsent(endpoint, watch) == null) {
                watch.schedule(jittered(database.config().healthInterval().toMillis()));
            }
        }
    }

    /** Plans a probe where none is planned and none was for long: there was no memory to plan it. */
    public void goOn() {
        watches.values().forEach(Watch::goOn);
    }

    /** Something failed on this endpoint that may be its death: asks it at once. */
    public void suspect(Endpoint endpoint) {
        Watch watch = watches.get(endpoint);
        if (watch != null) {
            watch.complain();
        }
    }

    /** A connection broke and its endpoint is not known: asks all. */
    public void suspectAll() {
        for (Watch watch : watches.values()) {
            watch.complain();
        }
    }

    /** A login went through: better proof than any probe. */
    public void proven(Endpoint endpoint) {
        Watch watch = watches.get(endpoint);
        if (watch != null && !endpoint.isHealthy()) {
            watch.succeeded("a login went through");
        }
    }

    private static long jittered(long millis) {
        return (long) (millis * (0.8 + 0.4 * ThreadLocalRandom.current().nextDouble()));
    }

    /** One endpoint under observation. */
    private final class Watch {

        private final Database database;
        private final Endpoint endpoint;
        private Future<?> next;
        private boolean asking;
        private long askedAt;
        private int failures;

        Watch(Database database, Endpoint endpoint) {
            this.database = database;
            this.endpoint = endpoint;
        }

        synchronized void schedule(long delayMillis) {
            if (next != null) {
                next.cancel(false);
            }
            next = timer.schedule(() -> probers.execute(this::ask), delayMillis, TimeUnit.MILLISECONDS);
        }

        synchronized void goOn() {
            long overdue = askedAt + LATE * database.config().healthInterval().toMillis();
            if (!asking && next.isDone() && clock.millis() > overdue) {
                schedule(0);
            }
        }

        void complain() {
            if (claim()) {
                probers.execute(this::ask);
            }
        }

        /** For the first of those who complain at once: the probe may have to wait for a free thread. */
        private synchronized boolean claim() {
            long now = clock.millis();
            if (asking || now - askedAt < COMPLAINT_MILLIS) {
                return false;
            }
            askedAt = now;
            return true;
        }

        private void ask() {
            if (!begin()) {
                return;
            }
            try {
                probe.run(endpoint, database.handshake(), (int)
                        database.config().healthTimeout().toMillis());
                succeeded("a probe was answered");
            } catch (IOException silence) {
                failed(silence);
            } finally {
                end();
            }
        }

        private synchronized boolean begin() {
            boolean first = !asking;
            asking = true;
            askedAt = clock.millis();
            return first;
        }

        private synchronized void end() {
            asking = false;
            long interval = jittered(database.config().healthInterval().toMillis());
            schedule(endpoint.isHealthy() ? interval : Math.min(interval, AGAIN_MILLIS));
        }

        void succeeded(String why) {
            synchronized (this) {
                failures = 0;
                if (endpoint.isHealthy()) {
                    return;
                }
                endpoint.state(HealthChange.State.SERVING);
            }
            tell(HealthChange.State.SERVING, why);
        }

        private void failed(IOException silence) {
            HealthChange.State before;
            HealthChange.State now;
            synchronized (this) {
                failures++;
                before = endpoint.state();
                now = isDead() ? HealthChange.State.DEAD : HealthChange.State.SILENT;
                endpoint.state(now);
            }
            if (before == HealthChange.State.SERVING) {
                tell(HealthChange.State.SILENT, why(silence));
                consequence.silent(database, endpoint);
            }
            if (now == HealthChange.State.DEAD && before != HealthChange.State.DEAD) {
                tell(HealthChange.State.DEAD, why(silence));
                consequence.dead(database, endpoint);
            }
        }

        private void tell(HealthChange.State now, String why) {
            events.health(new HealthChange(
                    database.toString(), endpoint.toString(), now, database.hasAlternativeTo(endpoint), why));
        }

        private boolean isDead() {
            int enough = database.config().deadAfter();
            return enough > 0 && failures >= enough;
        }

        private String why(IOException silence) {
            if (silence instanceof UnknownHostException) {
                return "its name is not known here";
            }
            String message = silence.getMessage();
            return message == null ? silence.getClass().getSimpleName() : message;
        }
    }
}
