package io.rdsagent.core;

import io.rdsagent.endpoint.Health;
import io.rdsagent.lease.Rebalance;
import io.rdsagent.lease.Retirement;
import io.rdsagent.pool.FoundPools;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What is looked at again and again, whether or not anything has happened. */
final class Rounds {

    /** How often the pools of connections are looked for that no known pool has taken in. */
    private static final int LOOK_SECONDS = 2;

    /** How often is looked whether servers have closed connections that nobody uses. */
    private static final int HANG_UP_SECONDS = 1;

    private final ScheduledExecutorService timer;
    private final Executor workers;

    Rounds(ScheduledExecutorService timer, Executor workers) {
        this.timer = timer;
        this.workers = workers;
    }

    /** What plans itself anew has to be planned by this if there was no memory to do it. */
    void goOn(Retirement retirement, Health health, Rebalance rebalance, FoundPools others) {
        every(LOOK_SECONDS, () -> {
            retirement.goOn();
            health.goOn();
            rebalance.look();
            workers.execute(others::look);
        });
    }

    /** @return looks at once, and but once however many ask for it */
    Runnable look(Runnable forHangUps) {
        AtomicBoolean awaited = new AtomicBoolean();
        Runnable look = () -> {
            if (awaited.compareAndSet(false, true)) {
                boolean taken = false;
                try {
                    workers.execute(() -> {
                        awaited.set(false);
                        forHangUps.run();
                    });
                    taken = true;
                } finally {
                    // Without memory for a thread nobody would look ever again.
                    if (!taken) {
                        awaited.set(false);
                    }
                }
            }
        };
        every(HANG_UP_SECONDS, look);
        return look;
    }

    private void every(int seconds, Runnable round) {
        Future<?> unused = timer.scheduleWithFixedDelay(round, seconds, seconds, TimeUnit.SECONDS);
    }
}
