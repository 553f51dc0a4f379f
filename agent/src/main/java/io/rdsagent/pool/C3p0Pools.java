package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;

/**
 * c3p0 from 0.9.5 on. A borrow refurbishes the connection that it has taken; one that can't be refurbished is removed, and
 * the pool takes another. ({@code shouldExpire} is also asked by the culler, which makes the pool smaller by what expires.)
 */
final class C3p0Pools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    C3p0Pools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        return Collections.singletonMap("c3p0.resource", this::assimilated);
    }

    /** {@code BasicResourcePool.assimilateResource(Object)} has returned: the pool has taken a connection in. */
    private Object assimilated(Object[] call) throws ReflectiveOperationException {
        Object entry = call[1];
        leases.hold((Connection) Inside.field(entry, "physicalConnection"), entry, new Pooled(entry, call[0], threads));
        return null;
    }

    private static final class Pooled extends Entry {

        Pooled(Object entry, Object pool, Executor threads) {
            super(entry, pool, threads);
        }

        @Override
        public String description() {
            return "c3p0's own refurbishment at checkout";
        }

        /** Under the pool's lock; {@code markBroken} removes what is unused, and has another acquired. */
        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            Lock lock = lock(owner);
            if (lock == null) {
                synchronized (owner) {
                    removeUnused(mine, owner);
                }
                return;
            }
            lock.lock();
            try {
                removeUnused(mine, owner);
            } finally {
                lock.unlock();
            }
        }

        private static void removeUnused(Object mine, Object owner) throws ReflectiveOperationException {
            boolean tested = ((Collection<?>) Inside.field(owner, "idleCheckResources")).contains(mine);
            if (!tested && ((Collection<?>) Inside.field(owner, "unused")).contains(mine)) {
                Inside.call(owner, "markBroken", mine);
            }
        }

        /** Null up to 0.10, where it is the pool's monitor. */
        private static Lock lock(Object owner) throws ReflectiveOperationException {
            try {
                return (Lock) Inside.field(owner, "lockMain");
            } catch (NoSuchFieldException before) {
                return null;
            }
        }

        /** Without the lock: what is read in the middle of a change is read again soon. */
        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            Object card = ((Map<?, ?>) Inside.field(owner, "managed")).get(mine);
            if (card == null) {
                return UNKNOWN;
            }
            return (Long) Inside.field(card, "checkout_time") < 0
                    ? (Long) Inside.field(card, "last_checkin_time")
                    : IN_USE;
        }
    }
}
