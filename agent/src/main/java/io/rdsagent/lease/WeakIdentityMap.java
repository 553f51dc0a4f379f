package io.rdsagent.lease;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the application's objects by identity and keeps none of them alive. A value must not refer to its key other
 * than weakly.
 */
public final class WeakIdentityMap<V> {

    private final Map<Object, V> values = new ConcurrentHashMap<>();
    private final ReferenceQueue<Object> collected = new ReferenceQueue<>();

    public V get(Object key) {
        return values.get(new Sought(key));
    }

    /**
     * In place of what was there: a pool's object may get another connection.
     *
     * @return what was there; null when nothing was
     */
    public V put(Object key, V value) {
        V before = remove(key);
        values.put(new Kept(key, collected), value);
        return before;
    }

    /** @return what was there; null when nothing was */
    public V remove(Object key) {
        return values.remove(new Sought(key));
    }

    /** Live view. */
    Collection<V> values() {
        return values.values();
    }

    /** @return the values whose keys were collected since the last time and that were still there */
    List<V> forgetCollected() {
        List<V> forgotten = new ArrayList<>(0);
        for (Reference<?> gone = collected.poll(); gone != null; gone = collected.poll()) {
            V value = values.remove(gone);
            if (value != null) {
                forgotten.add(value);
            }
        }
        return forgotten;
    }

    private static final class Kept extends WeakReference<Object> {

        private final int hash;

        Kept(Object key, ReferenceQueue<Object> queue) {
            super(key, queue);
            hash = System.identityHashCode(key);
        }

        @Override
        public int hashCode() {
            return hash;
        }

        /** A collected key equals itself alone, by which it is removed. */
        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Sought && other.equals(this));
        }
    }

    private static final class Sought {

        private final Object key;

        Sought(Object key) {
            this.key = key;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(key);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Kept && ((Kept) other).get() == key;
        }
    }
}
