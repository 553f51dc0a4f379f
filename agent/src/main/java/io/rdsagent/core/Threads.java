package io.rdsagent.core;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The agent's threads: few, daemons, named, and with the agent's loader as context class loader: the application's would
 * leak on redeployment, and none at all breaks code that asks it for resources.
 */
final class Threads implements ThreadFactory {

    private static final int WORKERS = 4;
    private static final int SIGNERS = 8;
    private static final int IDLE_SECONDS = 30;

    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    private Threads(String name) {
        this.name = name;
    }

    /** For what takes no time. */
    static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new Threads("rds-agent-timer"));
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** For what waits on the network. */
    static ThreadPoolExecutor workers() {
        return pool(WORKERS, "rds-agent-worker");
    }

    /** For tokens alone: where the source of the credentials hangs, probes go on, and so does another identity. */
    static ThreadPoolExecutor signers() {
        return pool(SIGNERS, "rds-agent-signer");
    }

    private static ThreadPoolExecutor pool(int size, String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new Threads(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public Thread newThread(Runnable task) {
        // No inherited thread-locals: the thread that happens to make this one is the application's.
        Thread thread = new Thread(null, task, name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setContextClassLoader(Threads.class.getClassLoader());
        return thread;
    }
}
