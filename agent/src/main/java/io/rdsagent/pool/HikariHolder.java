package io.rdsagent.pool;

import io.rdsagent.lease.Holder;
import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** One connection in a HikariCP pool. */
final class HikariHolder implements Holder {

    /** {@code ConcurrentBag.IConcurrentBagEntry.STATE_NOT_IN_USE}. */
    private static final int NOT_IN_USE = 0;

    private final WeakReference<Object> entry;
    private final WeakReference<Object> pool;

    HikariHolder(Object entry, Object pool) {
        this.entry = new WeakReference<>(entry);
        this.pool = new WeakReference<>(pool);
    }

    @Override
    public Object pool() {
        return pool.get();
    }

    @Override
    public String description() {
        return "HikariCP's own lifetime check";
    }

    /**
     * {@code HikariPool.softEvictConnection(PoolEntry, String, boolean owner)}, looked up each time, since a Method
     * kept here would keep the application's class loader. With {@code owner} false the pool marks the entry, and closes it now only if it can take it out of
     * the bag.
     */
    @Override
    public void retire() {
        Object pooled = entry.get();
        Object owner = pool.get();
        if (pooled == null || owner == null) {
            return;
        }
        try {
            Method softEvict = owner.getClass()
                    .getDeclaredMethod("softEvictConnection", pooled.getClass(), String.class, boolean.class);
            softEvict.setAccessible(true);
            softEvict.invoke(owner, pooled, "(connection is past its time)", false);
        } catch (ReflectiveOperationException | RuntimeException borrowWillDoIt) {
            // The predicate is woven: the next borrow closes it.
        }
    }

    @Override
    public long lastUse() {
        Object pooled = entry.get();
        if (pooled == null) {
            return UNKNOWN;
        }
        try {
            Method state = pooled.getClass().getDeclaredMethod("getState");
            state.setAccessible(true);
            if ((Integer) state.invoke(pooled) != NOT_IN_USE) {
                return IN_USE;
            }
            Field lastAccessed = pooled.getClass().getDeclaredField("lastAccessed");
            lastAccessed.setAccessible(true);
            return lastAccessed.getLong(pooled);
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            return UNKNOWN;
        }
    }
}
