package io.rdsagent.pool;

import io.rdsagent.lease.Holder;
import java.lang.ref.WeakReference;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One connection in a pool, by the pool's own object for it. */
abstract class Entry implements Holder {

    private final WeakReference<Object> entry;
    private final WeakReference<Object> pool;
    private final Executor threads;
    private final AtomicBoolean leaving = new AtomicBoolean();

    /** @param threads where a pool closes a connection, or opens another in its place */
    Entry(Object entry, Object pool, Executor threads) {
        this.entry = new WeakReference<>(entry);
        this.pool = new WeakReference<>(pool);
        this.threads = threads;
    }

    @Override
    public final Object pool() {
        return pool.get();
    }

    @Override
    public final void retire(Consumer<Throwable> failed) {
        if (leaving.compareAndSet(false, true)) {
            threads.execute(() -> leave(failed));
        }
    }

    private void leave(Consumer<Throwable> failed) {
        Object mine = entry.get();
        Object owner = pool.get();
        try {
            if (mine != null && owner != null) {
                replace(mine, owner);
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherVersion) {
            // What is woven into the pool's own borrow does it, at the next one.
            failed.accept(otherVersion);
        } finally {
            leaving.set(false);
        }
    }

    @Override
    public final long lastUse() {
        Object mine = entry.get();
        Object owner = pool.get();
        if (mine == null || owner == null) {
            return UNKNOWN;
        }
        try {
            return lastUse(mine, owner);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError otherVersion) {
            return UNKNOWN;
        }
    }

    /**
     * Has the pool close a connection that lies idle, and open another where it wouldn't by itself, so that it is no
     * smaller than it was; if it is in use, has it closed when it comes back, as far as the pool can be told. Called
     * again until the connection has gone.
     */
    abstract void replace(Object mine, Object owner) throws ReflectiveOperationException;

    /** See {@link Holder#lastUse()}. */
    abstract long lastUse(Object mine, Object owner) throws ReflectiveOperationException;
}
