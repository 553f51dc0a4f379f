package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Vibur 26. A borrow asks {@code ConnectionFactory.readyToTake(ConnHolder)}; what isn't ready is destroyed, and the borrow
 * makes another. (A return asks {@code readyToRestore}, and makes none: a no there leaves the pool smaller.)
 */
final class ViburPools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    ViburPools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        return Collections.singletonMap("vibur.connection", this::made);
    }

    /** {@code ConnectionFactory.create(Connector)} returns a {@code ConnHolder}. */
    private Object made(Object[] call) throws ReflectiveOperationException {
        Object factory = call[0];
        Object entry = call[1];
        leases.hold(
                (Connection) Inside.call(entry, "rawConnection"),
                entry,
                new Pooled(entry, Inside.field(factory, "config"), threads));
        return null;
    }

    /** Its owner is the configuration, which is the data source: the pool behind it is built after its first connections. */
    private static final class Pooled extends Entry {

        Pooled(Object entry, Object config, Executor threads) {
            super(entry, config, threads);
        }

        @Override
        public String description() {
            return "Vibur's own readiness check";
        }

        /** As a borrow takes one and a return gives one back: with a permit, so that the pool can't grow meanwhile. */
        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            Object pool = Inside.call(owner, "getPool");
            Semaphore permits = (Semaphore) Inside.field(pool, "takeSemaphore");
            if (!permits.tryAcquire()) {
                return;
            }
            try {
                if (idle(pool).remove(mine)) {
                    exchange(mine, pool);
                }
            } finally {
                permits.release();
            }
        }

        private static void exchange(Object mine, Object pool) throws ReflectiveOperationException {
            Object factory = Inside.field(pool, "poolObjectFactory");
            boolean exchanged = false;
            try {
                Inside.call(factory, "destroy", mine);
                Inside.call(Inside.field(pool, "available"), "offerLast", Inside.call(factory, "create"));
                exchanged = true;
                if ((Boolean) Inside.call(pool, "isTerminated")) {
                    Inside.call(pool, "terminate");
                }
            } finally {
                if (!exchanged) {
                    ((AtomicInteger) Inside.field(pool, "createdTotal")).decrementAndGet();
                }
            }
        }

        private static Collection<?> idle(Object pool) throws ReflectiveOperationException {
            Object available = Inside.field(pool, "available");
            try {
                return (Collection<?>) Inside.field(available, "deque");
            } catch (NoSuchFieldException another) {
                return (Collection<?>) Inside.field(available, "queue");
            }
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            return idle(Inside.call(owner, "getPool")).contains(mine)
                    ? (Long) Inside.call(mine, "getRestoredNanoTime")
                    : IN_USE;
        }
    }
}
