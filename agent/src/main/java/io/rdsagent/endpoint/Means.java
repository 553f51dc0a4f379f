package io.rdsagent.endpoint;

import io.rdsagent.event.Events;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/** What every discovery needs. */
final class Means {

    final Clock clock;
    final ScheduledExecutorService timer;
    final Executor threads;
    final Health health;
    final Maker maker;
    final TopologyListener listener;
    final Events events;

    /** Of an endpoint that is met for the first time. */
    interface Maker {
        Endpoint make(Database database, Member member);
    }

    Means(
            Clock clock,
            ScheduledExecutorService timer,
            Executor threads,
            Health health,
            Maker maker,
            TopologyListener listener,
            Events events) {
        this.clock = clock;
        this.timer = timer;
        this.threads = threads;
        this.health = health;
        this.maker = maker;
        this.listener = listener;
        this.events = events;
    }
}
