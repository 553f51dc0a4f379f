package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.PooledConnection;

/**
 * H2's JdbcConnectionPool from 1.4.200 on, over any driver's {@link ConnectionPoolDataSource}. A borrow takes the first of
 * the idle connections and asks nothing, so what is past its time is taken from among them before.
 */
final class H2Pools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    H2Pools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("h2.recycled", this::recycled);
        hooks.put("h2.borrow", this::borrow);
        return hooks;
    }

    /** {@code JdbcConnectionPool.recycleConnection(PooledConnection)} has returned. */
    private Object recycled(Object[] call) {
        Object connection = call[1];
        if (!leases.all().isEmpty() && !leases.holds(connection)) {
            Connection physical = Beneath.find(leases, connection);
            if (physical != null) {
                leases.hold(physical, connection, new Pooled(connection, call[0], threads));
            }
        }
        return null;
    }

    /** {@code JdbcConnectionPool.getConnectionNow()} has begun. */
    private Object borrow(Object[] call) throws ReflectiveOperationException {
        Object pool = call[0];
        for (PooledConnection connection : idle(pool)) {
            if (leases.isPast(connection)) {
                close(connection, pool);
            }
        }
        return null;
    }

    /** @return false when somebody has borrowed it */
    private static boolean close(Object connection, Object pool) throws ReflectiveOperationException {
        boolean mine = idle(pool).remove(connection);
        if (mine) {
            Inside.call(pool, "closeConnection", connection);
        }
        return mine;
    }

    @SuppressWarnings("unchecked")
    private static Queue<PooledConnection> idle(Object pool) throws ReflectiveOperationException {
        return (Queue<PooledConnection>) Inside.field(pool, "recycledConnections");
    }

    private static final class Pooled extends Entry {

        Pooled(Object connection, Object pool, Executor threads) {
            super(connection, pool, threads);
        }

        @Override
        public String description() {
            return "H2's JdbcConnectionPool, before it hands out an idle connection";
        }

        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            if (close(mine, owner)) {
                open(owner);
            }
        }

        /** Comes in as a connection that somebody gives back; no more than the pool may have. */
        private static void open(Object owner) throws ReflectiveOperationException {
            Object connection = Inside.call(Inside.field(owner, "dataSource"), "getPooledConnection");
            AtomicInteger active = (AtomicInteger) Inside.field(owner, "activeConnections");
            int most = (Integer) Inside.call(owner, "getMaxConnections");
            if (active.incrementAndGet() + idle(owner).size() <= most) {
                Inside.call(owner, "recycleConnection", connection);
            } else {
                active.decrementAndGet();
                Inside.call(owner, "closeConnection", connection);
            }
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            return idle(owner).contains(mine) ? UNKNOWN : IN_USE;
        }
    }
}
