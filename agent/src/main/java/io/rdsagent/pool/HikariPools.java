package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * HikariCP from 2.4 on. A borrow asks {@code PoolEntry.isMarkedEvicted()} before it hands a connection out, and closes
 * one that is marked; with our answer woven in, the pool retires the connection itself and its books stay right.
 */
final class HikariPools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    HikariPools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        return Collections.singletonMap("hikari.entry", this::built);
    }

    /** {@code new PoolEntry(Connection, PoolBase, boolean, boolean)} has returned. */
    private Object built(Object[] call) {
        Object entry = call[0];
        leases.hold((Connection) call[1], entry, new Pooled(entry, call[2], threads));
        return null;
    }

    private static final class Pooled extends Entry {

        /** {@code ConcurrentBag.IConcurrentBagEntry.STATE_NOT_IN_USE}. */
        private static final int NOT_IN_USE = 0;

        Pooled(Object entry, Object pool, Executor threads) {
            super(entry, pool, threads);
        }

        @Override
        public String description() {
            return "HikariCP's own lifetime check";
        }

        /**
         * {@code HikariPool.softEvictConnection(PoolEntry, String, boolean owner)}: with {@code owner} false the pool marks
         * the entry, and closes it now only if it can take it out of the bag. From 3 on it fills itself up again then; 2.4
         * would wait for its housekeeper, half a minute.
         */
        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            Inside.call(owner, "softEvictConnection", mine, "(connection is past its time)", false);
            fill(owner);
        }

        private static void fill(Object owner) throws ReflectiveOperationException {
            try {
                Inside.call(owner, "fillPool");
            } catch (NoSuchMethodException doesItByItself) {
                // 5 and later have an argument there.
            }
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            return (Integer) Inside.call(mine, "getState") == NOT_IN_USE
                    ? ((Number) Inside.field(mine, "lastAccessed")).longValue()
                    : IN_USE;
        }
    }
}
