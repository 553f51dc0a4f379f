package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The pool that MariaDB Connector/J has itself. It asks {@code isValid} of what has lain idle for a second, but where the
 * answer is no it forgets to count the connection off, and is a slot smaller for good. So what is past its time is taken from
 * among the idle ones before a borrow looks at them.
 */
final class MariaDbPools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    MariaDbPools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("mariadb-pool.added", this::added);
        hooks.put("mariadb-pool.borrow", this::borrow);
        return hooks;
    }

    /** {@code Pool.addConnection()} has returned. */
    private Object added(Object[] call) throws ReflectiveOperationException {
        for (Object item : idle(call[0]).toArray()) {
            Connection physical = leases.holds(item) ? null : Beneath.find(leases, item);
            if (physical != null) {
                leases.hold(physical, item, new Pooled(item, call[0], threads));
            }
        }
        return null;
    }

    /** {@code Pool.getIdleConnection(long, TimeUnit)} has begun. */
    private Object borrow(Object[] call) throws ReflectiveOperationException {
        for (Object item : idle(call[0]).toArray()) {
            if (leases.isPast(item)) {
                close(item, call[0]);
            }
        }
        return null;
    }

    /** As the pool itself does with one that has lain idle too long; nothing if somebody has borrowed it. */
    private static void close(Object item, Object pool) throws ReflectiveOperationException {
        if (idle(pool).remove(item)) {
            ((AtomicInteger) Inside.field(pool, "totalConnection")).decrementAndGet();
            closeSilently(item, pool);
            Inside.call(pool, "addConnectionRequest");
        }
    }

    private static void closeSilently(Object item, Object pool) throws ReflectiveOperationException {
        try {
            Inside.call(pool, "silentCloseConnection", item);
        } catch (InvocationTargetException alreadyGone) {
            // As it should be.
        } catch (NoSuchMethodException sinceVersionThree) {
            Inside.call(pool, "silentCloseConnection", Inside.call(item, "getConnection"));
        }
    }

    private static Collection<?> idle(Object pool) throws ReflectiveOperationException {
        return (Collection<?>) Inside.field(pool, "idleConnections");
    }

    private static final class Pooled extends Entry {

        Pooled(Object item, Object pool, Executor threads) {
            super(item, pool, threads);
        }

        @Override
        public String description() {
            return "MariaDB Connector/J's own pool, before it hands out an idle connection";
        }

        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            close(mine, owner);
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            return idle(owner).contains(mine) ? ((Number) Inside.call(mine, "getLastUsed")).longValue() : IN_USE;
        }
    }
}
