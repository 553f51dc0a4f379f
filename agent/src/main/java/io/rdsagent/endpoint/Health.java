package io.rdsagent.endpoint;

import io.rdsagent.event.Events;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** Which endpoints serve: probes each in its interval, and at once where something failed. */
public final class Health {

    /** What follows from a failed probe; must not wait for anything. */
    public interface Consequence {
        /** The endpoint, which served until now, gave no sign of life. */
        void silent(Database database, Endpoint endpoint);

        /** {@code dead.after} probes have failed in a row: what is in use on it waits for a server that is gone. */
        void dead(Database database, Endpoint endpoint);
    }

    final Probe probe;
    final Clock clock;
    final ScheduledExecutorService timer;
    final Executor probers;
    final Consequence consequence;
    final Events events;
    private final Map<Endpoint, Watch> watches = new ConcurrentHashMap<>();

    /** @param probers runs the probes, which block: one at a time for each endpoint that answers, a few for one that doesn't */
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
            watch(database, endpoint);
        }
    }

    private Watch watch(Database database, Endpoint endpoint) {
        Watch watch;
        do {
            watch = watches.computeIfAbsent(endpoint, met -> new Watch(this, database, met));
        } while (!watch.begin());
        return watch;
    }

    /**
     * Probes those that serve a database now, those that it is new to at once, and no longer those that did.
     *
     * @param before what served until now
     */
    void follow(Database database, Topology before) {
        for (Endpoint endpoint : database.endpoints()) {
            Watch watch = watch(database, endpoint);
            if (!before.serving().contains(endpoint)) {
                watch.meet(before.isLearnt());
            }
        }
        for (Endpoint endpoint : before.serving()) {
            if (!database.endpoints().contains(endpoint)) {
                forget(endpoint);
            }
        }
    }

    /** One that has connections still is probed until they are gone: somebody may wait for it, and it may be dead. */
    void forget(Endpoint endpoint) {
        Watch watch = watches.get(endpoint);
        if (watch != null) {
            watch.leave();
        }
    }

    void left(Endpoint endpoint, Watch ended) {
        watches.remove(endpoint, ended);
    }

    /** Plans a probe where none is planned and none was for long: there was no memory to plan it. */
    public void goOn() {
        watches.values().forEach(Watch::goOn);
    }

    /** Something failed on this endpoint that may be its death: asks it at once. */
    public void suspect(Endpoint endpoint) {
        endpoint.failed(clock.millis());
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
        if (watch != null) {
            watch.proven();
        }
    }
}
