package io.rdsagent.core;

import java.lang.reflect.Field;
import java.security.AccessController;
import java.security.PrivilegedAction;
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
    private final Complaints complaints;
    private final AtomicInteger count = new AtomicInteger();

    private Threads(String name, Complaints complaints) {
        this.name = name;
        this.complaints = complaints;
    }

    /** For what takes no time. */
    static ScheduledThreadPoolExecutor timer(Complaints complaints) {
        ScheduledThreadPoolExecutor timer =
                new ScheduledThreadPoolExecutor(1, new Threads("rds-agent-timer", complaints)) {
                    @Override
                    protected void afterExecute(Runnable task, Throwable thrown) {
                        complaints.ofTask(task);
                    }
                };
        timer.setRemoveOnCancelPolicy(true);
        return timer;
    }

    /** For what waits on the network. */
    static ThreadPoolExecutor workers(Complaints complaints) {
        return pool(WORKERS, "rds-agent-worker", complaints);
    }

    /** For tokens alone: where the source of the credentials hangs, probes go on, and so does another identity. */
    static ThreadPoolExecutor signers(Complaints complaints) {
        return pool(SIGNERS, "rds-agent-signer", complaints);
    }

    /** Where a pool closes a connection that is retired, or opens another in its place. */
    static ThreadPoolExecutor pools(Complaints complaints) {
        return pool(WORKERS, "rds-agent-pool", complaints);
    }

    /** Where connections are opened ahead of need: one that hangs keeps no probe and no pool waiting. */
    static ThreadPoolExecutor spares(Complaints complaints) {
        return pool(WORKERS, "rds-agent-spare", complaints);
    }

    private static ThreadPoolExecutor pool(int size, String name, Complaints complaints) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                size, size, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), new Threads(name, complaints));
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
