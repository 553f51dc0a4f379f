package io.rdsagent.core;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Keeps what there is to do until somebody says that it may begin; from then on it is done as it comes, in the same order. */
final class Unhurried implements Executor {

    private final Executor thread;
    private final int most;
    /** Null once it has begun. */
    private Queue<Runnable> kept = new ArrayDeque<>();

    /**
     * @param thread one, that turns away what is too much
     * @param most what is kept at most
     */
    Unhurried(Executor thread, int most) {
        this.thread = thread;
        this.most = most;
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (kept == null) {
            thread.execute(task);
        } else if (kept.size() < most) {
            kept.add(task);
        } else {
            throw new RejectedExecutionException("too much is kept already");
        }
    }

    /** If the thread can't take all of it now, what is left waits for the next call. */
    synchronized void begin() {
        while (kept != null && !kept.isEmpty()) {
            thread.execute(kept.peek());
            kept.remove();
        }
        kept = null;
    }
}
