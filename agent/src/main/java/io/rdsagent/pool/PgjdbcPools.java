package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Lock;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;

/**
 * pgjdbc's own PGPoolingDataSource. It asks nothing, neither at a borrow nor at a return; so what is past its time is taken
 * from its stack before a borrow, and at a return the pool is told what it is told of a broken connection. Who waits then
 * opens one of their own.
 */
final class PgjdbcPools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    PgjdbcPools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("pgjdbc.initialized", this::initialized);
        hooks.put("pgjdbc.return", this::comesBack);
        hooks.put("pgjdbc.returned", this::returned);
        hooks.put("pgjdbc.borrow", this::borrow);
        return hooks;
    }

    /** {@code PGPoolingDataSource.initialize()} has returned. */
    private Object initialized(Object[] call) throws ReflectiveOperationException {
        for (Object connection : Stack.of(call[0]).idle()) {
            hold(connection, call[0]);
        }
        return null;
    }

    /** {@code PGPoolingDataSource$1.connectionClosed(ConnectionEvent)} has begun; what isn't in use it leaves alone. */
    private Object comesBack(Object[] call) throws ReflectiveOperationException {
        ConnectionEvent event = (ConnectionEvent) call[0];
        Object connection = event.getSource();
        if (leases.isPast(connection)) {
            for (Object listener : ((Collection<?>) Inside.field(connection, "listeners")).toArray()) {
                if (listener.getClass().getName().startsWith("org.postgresql.ds.PGPoolingDataSource")) {
                    ((ConnectionEventListener) listener).connectionErrorOccurred(event);
                    close(connection);
                }
            }
        }
        return null;
    }

    /** The same has returned. */
    private Object returned(Object[] call) throws ReflectiveOperationException {
        Object connection = ((ConnectionEvent) call[1]).getSource();
        Object pool = Inside.field(call[0], "this$0");
        if (!leases.all().isEmpty() && !leases.holds(connection)) {
            hold(connection, pool);
        }
        return null;
    }

    private void hold(Object connection, Object pool) {
        Connection physical = Beneath.find(leases, connection);
        if (physical != null) {
            leases.hold(physical, connection, new Pooled(connection, pool));
        }
    }

    /** {@code PGPoolingDataSource.getPooledConnection()} has begun. */
    private Object borrow(Object[] call) throws ReflectiveOperationException {
        Stack stack = Stack.of(call[0]);
        for (Object connection : stack.idle()) {
            if (leases.isPast(connection)) {
                close(connection, stack);
            }
        }
        return null;
    }

    /** @return false when somebody has borrowed it */
    private static boolean close(Object connection, Stack stack) {
        boolean mine = stack.take(connection);
        if (mine) {
            close(connection);
        }
        return mine;
    }

    private static void close(Object connection) {
        try {
            ((PooledConnection) connection).close();
        } catch (SQLException alreadyGone) {
            // As the pool has it when it closes.
        }
    }

    /** The pool's stacks, under its lock: an object's monitor, and a Lock since 42.7. */
    private static final class Stack {

        private final Object lock;
        private final Collection<Object> available;
        private final Collection<Object> used;

        private Stack(Object lock, Collection<Object> available, Collection<Object> used) {
            this.lock = lock;
            this.available = available;
            this.used = used;
        }

        @SuppressWarnings("unchecked")
        static Stack of(Object pool) throws ReflectiveOperationException {
            return new Stack(
                    Inside.field(pool, "lock"),
                    (Collection<Object>) Inside.field(pool, "available"),
                    (Collection<Object>) Inside.field(pool, "used"));
        }

        Collection<Object> idle() {
            Collection<Object> idle = new ArrayList<>();
            locked(() -> idle.addAll(available));
            return idle;
        }

        boolean take(Object connection) {
            boolean[] mine = new boolean[1];
            locked(() -> mine[0] = available.remove(connection));
            return mine[0];
        }

        /** @param most 0 for as many as there may come */
        boolean add(Object connection, int most) {
            boolean[] added = new boolean[1];
            locked(() -> added[0] = (most == 0 || available.size() + used.size() < most) && available.add(connection));
            return added[0];
        }

        private void locked(Runnable action) {
            if (lock instanceof Lock) {
                ((Lock) lock).lock();
                try {
                    action.run();
                } finally {
                    ((Lock) lock).unlock();
                }
            } else {
                synchronized (lock) {
                    action.run();
                }
            }
        }
    }

    private final class Pooled extends Entry {

        Pooled(Object connection, Object pool) {
            super(connection, pool, threads);
        }

        @Override
        public String description() {
            return "pgjdbc's PGPoolingDataSource, before it hands out an idle connection";
        }

        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            Stack stack = Stack.of(owner);
            if (close(mine, stack) && !(Boolean) Inside.field(owner, "isClosed")) {
                Object connection = Inside.call(Inside.field(owner, "source"), "getPooledConnection");
                hold(connection, owner);
                if (!stack.add(connection, (Integer) Inside.call(owner, "getMaxConnections"))) {
                    Inside.call(connection, "close");
                }
            }
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            return Stack.of(owner).idle().contains(mine) ? UNKNOWN : IN_USE;
        }
    }
}
