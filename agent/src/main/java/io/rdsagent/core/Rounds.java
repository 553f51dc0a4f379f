package io.rdsagent.core;

import io.rdsagent.endpoint.Discoveries;
import io.rdsagent.endpoint.Health;
import io.rdsagent.lease.HangUps;
import io.rdsagent.lease.Rebalance;
import io.rdsagent.lease.Retirement;
import io.rdsagent.pool.FoundPools;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

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
    void goOn(Retirement retirement, Health health, Discoveries discoveries, Rebalance rebalance, FoundPools others) {
        every(LOOK_SECONDS, () -> {
            retirement.goOn();
            health.goOn();
            discoveries.goOn();
            rebalance.look();
            workers.execute(others::look);
        });
    }

    /** @return looks at once */
    Runnable look(HangUps hangUps) {
        Runnable look = () -> hangUps.lookSoon(workers);
        every(HANG_UP_SECONDS, look);
        return look;
    }

    private void every(int seconds, Runnable round) {
        Future<?> unused = timer.scheduleWithFixedDelay(round, seconds, seconds, TimeUnit.SECONDS);
    }
}
