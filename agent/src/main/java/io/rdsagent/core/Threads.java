package io.rdsagent.core;

import java.lang.reflect.Field;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ScheduledFuture;
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

    private static final String TIMER = "rds-agent-timer";
    private static final int WORKERS = 4;
    private static final int SIGNERS = 8;
    private static final int PROBERS = 12;
    private static final int IDLE_SECONDS = 30;
    /** What waits to be counted at most. */
    static final int OBSERVATIONS = 10_000;

    private final String name;
    private final Complaints complaints;
    private final AtomicInteger count = new AtomicInteger();

    private Threads(String name, Complaints complaints) {
        this.name = name;
        this.complaints = complaints;
    }

    /** For what takes no time. */
    static ScheduledThreadPoolExecutor timer(Complaints complaints) {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new Threads(TIMER, complaints)) {
            @Override
            public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
                return super.schedule(complaints.caught(TIMER, task), delay, unit);
            }

            @Override
            public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long first, long delay, TimeUnit unit) {
                return super.scheduleWithFixedDelay(complaints.caught(TIMER, task), first, delay, unit);
            }
        };
        timer.setRemoveOnCancelPolicy(true);
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return timer;
    }

    /** For what waits on the network. */
    static ThreadPoolExecutor workers(Complaints complaints) {
        return pool(WORKERS, "rds-agent-worker", complaints);
    }

    /** For probes alone: where many servers are silent, whatever else there is to do goes on. */
    static ThreadPoolExecutor probers(Complaints complaints) {
        return onDemand(PROBERS, "rds-agent-prober", complaints);
    }

    /**
     * For tokens alone: where the source of the credentials hangs, probes go on, and so does another identity. Who is
     * turned away, since the agent leaves, signs on its own thread.
     */
    static ThreadPoolExecutor signers(Complaints complaints) {
        ThreadPoolExecutor signers = pool(SIGNERS, "rds-agent-signer", complaints);
        signers.setRejectedExecutionHandler(new ThreadPoolExecutor.AbortPolicy());
        return signers;
    }

    /** Where a pool closes a connection that is retired, or opens another in its place. */
    static ThreadPoolExecutor pools(Complaints complaints) {
        return pool(WORKERS, "rds-agent-pool", complaints);
    }

    /** Where connections are opened ahead of need: one that hangs keeps no probe and no pool waiting. */
    static ThreadPoolExecutor spares(Complaints complaints) {
        return pool(WORKERS, "rds-agent-spare", complaints);
    }

    /** Where metrics are kept: one, so that what happened stays in order, and no more waits for it than it can hold. */
    static ThreadPoolExecutor observer(Complaints complaints) {
        ThreadPoolExecutor observer = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(OBSERVATIONS),
                new Threads("rds-agent-observer", complaints));
        observer.allowCoreThreadTimeOut(true);
        return observer;
    }

    /** For the status server. */
    static Threads status(Complaints complaints) {
        return new Threads("rds-agent-status", complaints);
    }

    /** Where the instances of databases are asked for: a server that is frozen keeps no probe waiting. */
    static ThreadPoolExecutor topology(Complaints complaints) {
        return pool(WORKERS, "rds-agent-topology", complaints);
    }

    private static ThreadPoolExecutor pool(int size, String name, Complaints complaints) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new Threads(name, complaints));
        pool.allowCoreThreadTimeOut(true);
        pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        return pool;
    }

    /** One thread serves as long as one will do; the others come when it is busy. */
    private static ThreadPoolExecutor onDemand(int most, String name, Complaints complaints) {
        LinkedTransferQueue<Runnable> queue = new LinkedTransferQueue<Runnable>() {
            private static final long serialVersionUID = 1;

            @Override
            public boolean offer(Runnable task) {
                return tryTransfer(task);
            }
        };
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                1,
                most,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                queue,
                new Threads(name, complaints),
                (task, full) -> queue.put(task));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = nobodysHeir(task, name + "-" + count.incrementAndGet());
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((failed, fault) -> complaints.fault(failed.getName(), fault));
        thread.setContextClassLoader(Threads.class.getClassLoader());
        return thread;
    }

    /**
     * A thread keeps the protection domains of all who were on the stack when it was made (before Java 24), and so their class
     * loaders: a web application's, for as long as the agent runs. In {@code doPrivileged} that is the agent alone.
     */
    private static Thread nobodysHeir(Runnable task, String name) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> heir(task, name));
    }

    /**
     * Without the inheritable thread-locals of the thread that makes it, which may be the application's: they would be kept
     * alive, and seen by the driver. Java 9 has a constructor for that, 8 a field.
     */
    private static Thread heir(Runnable task, String name) {
        try {
            return Thread.class
                    .getConstructor(ThreadGroup.class, Runnable.class, String.class, long.class, boolean.class)
                    .newInstance(null, task, name, 0L, false);
        } catch (ReflectiveOperationException java8) {
            Thread thread = new Thread(null, task, name);
            try {
                Field inherited = Thread.class.getDeclaredField("inheritableThreadLocals");
                inherited.setAccessible(true);
                inherited.set(thread, null);
            } catch (ReflectiveOperationException notThere) {
                // It keeps them then.
            }
            return thread;
        }
    }
}
