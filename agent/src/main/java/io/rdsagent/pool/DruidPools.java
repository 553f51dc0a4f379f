package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;

/**
 * Druid 1.1 and 1.2. A borrow takes a connection with {@code getConnectionInternal}, and discards it and takes another when
 * it is closed or fails a test; no method of its own decides that, so the same is done where that one returns.
 */
final class DruidPools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    DruidPools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("druid.holder", this::built);
        hooks.put("druid.borrow", this::borrowed);
        return hooks;
    }

    /** {@code new DruidConnectionHolder(DruidAbstractDataSource, Connection, …)} has returned. */
    private Object built(Object[] call) {
        Object entry = call[0];
        leases.hold((Connection) call[2], entry, new Pooled(entry, call[1], threads));
        return null;
    }

    /**
     * {@code DruidDataSource.getConnectionInternal(long)} returns a {@code DruidPooledConnection}. The method is woven, so
     * that it comes here again with what it takes next, until that isn't past its time.
     */
    private Object borrowed(Object[] call) throws ReflectiveOperationException, SQLException {
        Object pool = call[0];
        Object holder = Inside.field(call[1], "holder");
        if (!leases.isPast(holder)) {
            return null;
        }
        Object maxWait = Inside.call(pool, "getMaxWait");
        discard(pool, holder);
        try {
            return Inside.call(pool, "getConnectionInternal", maxWait);
        } catch (InvocationTargetException failed) {
            if (failed.getCause() instanceof SQLException) {
                throw (SQLException) failed.getCause();
            }
            throw failed;
        }
    }

    private static void discard(Object pool, Object holder) throws ReflectiveOperationException {
        try {
            Inside.call(pool, "discardConnection", holder);
        } catch (NoSuchMethodException before1Point1Point11) {
            Inside.call(pool, "discardConnection", Inside.call(holder, "getConnection"));
        }
    }

    private static final class Pooled extends Entry {

        Pooled(Object entry, Object pool, Executor threads) {
            super(entry, pool, threads);
        }

        @Override
        public String description() {
            return "Druid's own discarding";
        }

        @Override
        public String how() {
            return "guard";
        }

        /**
         * Takes it out as a borrow does, so that its place is kept while another is made, and puts that in as the pool's
         * creating thread does.
         */
        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            Lock lock = (Lock) Inside.field(owner, "lock");
            lock.lock();
            try {
                if (!takeOut(mine, owner)) {
                    return;
                }
            } finally {
                lock.unlock();
            }
            close((Connection) Inside.call(mine, "getConnection"));
            Object made = null;
            try {
                made = Inside.call(owner, "createPhysicalConnection");
            } finally {
                putIn(made, mine, owner, lock);
            }
        }

        private static boolean takeOut(Object mine, Object owner) throws ReflectiveOperationException {
            Object[] idle = (Object[]) Inside.field(owner, "connections");
            int size = (Integer) Inside.field(owner, "poolingCount");
            int at = Arrays.asList(idle).subList(0, size).indexOf(mine);
            if (at < 0) {
                return false;
            }
            System.arraycopy(idle, at + 1, idle, at, size - at - 1);
            idle[size - 1] = null;
            Inside.set(owner, "poolingCount", size - 1);
            activate(mine, owner, true);
            return true;
        }

        private static void activate(Object mine, Object owner, boolean active) throws ReflectiveOperationException {
            Inside.set(owner, "activeCount", (Integer) Inside.field(owner, "activeCount") + (active ? 1 : -1));
            try {
                Inside.set(mine, "active", active);
            } catch (NoSuchFieldException before1Point1Point11) {
                // It counts alone there.
            }
        }

        /** @param made null when no connection could be made; the pool tries again by itself then */
        private static void putIn(Object made, Object mine, Object owner, Lock lock)
                throws ReflectiveOperationException {
            boolean in = false;
            lock.lock();
            try {
                activate(mine, owner, false);
                Inside.set(mine, "discard", true);
                Inside.set(owner, "discardCount", (Long) Inside.field(owner, "discardCount") + 1);
                if (made == null) {
                    Inside.call(owner, "emptySignal");
                } else if (!(Boolean) Inside.call(owner, "isClosed")) {
                    in = (Boolean) Inside.call(owner, "put", made);
                }
            } finally {
                lock.unlock();
            }
            if (made != null && !in) {
                close((Connection) Inside.call(made, "getPhysicalConnection"));
            }
        }

        private static void close(Connection connection) {
            try {
                connection.close();
            } catch (SQLException gone) {
                // It was to be.
            }
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            Object[] idle = (Object[]) Inside.field(owner, "connections");
            return Arrays.asList(idle).contains(mine) ? (Long) Inside.field(mine, "lastActiveTimeMillis") : IN_USE;
        }
    }
}
