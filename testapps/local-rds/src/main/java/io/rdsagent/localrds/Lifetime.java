package io.rdsagent.localrds;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is to be closed at the end, last opened first closed; once, and all of it even if some fails. The end is {@link #close()} or the
 * JVM's exit. The watchdog is dismissed by the former alone: at an exit it sees to what was still being started.
 */
final class Lifetime implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Thread atExit = new Thread(this::closeAll, "local-rds-exit");

    private Watchdog watchdog;

    Lifetime() {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    synchronized <T extends AutoCloseable> T add(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    synchronized void guardedBy(Watchdog guard) {
        watchdog = guard;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is ending and runs the hook itself.
            closeAll();
            return;
        }
        try {
            closeAll();
        } finally {
            dismissWatchdog();
        }
    }

    private synchronized void closeAll() {
        RuntimeException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failure = failure == null ? new LocalRdsException("The local RDS did not end cleanly.") : failure;
                failure.addSuppressed(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private synchronized void dismissWatchdog() {
        if (watchdog != null) {
            watchdog.close();
        }
    }
}
