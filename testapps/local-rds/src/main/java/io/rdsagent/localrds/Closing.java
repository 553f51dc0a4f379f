package io.rdsagent.localrds;

import java.util.ArrayDeque;
import java.util.Deque;

/** What is to be closed at the end, last opened first closed; once, and all of it even if some fails. */
final class Closing implements AutoCloseable {

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    synchronized <T extends AutoCloseable> T add(T closeable) {
        opened.push(closeable);
        return closeable;
    }

    @Override
    public synchronized void close() {
        RuntimeException failure = null;
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                failure =
                        failure == null ? new LocalRdsException("The local RDS did not end cleanly: " + e, e) : failure;
                failure.addSuppressed(e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
