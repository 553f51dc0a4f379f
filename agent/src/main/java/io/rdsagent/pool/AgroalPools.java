package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.lang.reflect.Constructor;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Agroal from 1.16 on. Who wants a connection, a borrower or a task of the pool's, takes it by one compare-and-set of its
 * state. Before that of a connection past its time, the agent flushes it as the pool's own maxLifetime does, so the
 * compare-and-set fails and the borrower goes on to the next. A connection that a transaction has is not taken that way.
 */
final class AgroalPools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    AgroalPools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("agroal.handler", this::built);
        hooks.put("agroal.take", this::take);
        return hooks;
    }

    /** {@code new ConnectionHandler(XAConnection, Pool, …)} has returned. */
    private Object built(Object[] call) {
        Object handler = call[0];
        Connection physical = Beneath.find(leases, handler);
        if (physical != null && isPool(call[2])) {
            leases.hold(physical, handler, new Pooled(handler, call[2], threads));
        }
        return null;
    }

    /** {@code Poolless} keeps nothing. */
    private static boolean isPool(Object pool) {
        return pool != null && pool.getClass().getSimpleName().equals("ConnectionPool");
    }

    /** {@code ConnectionHandler.setState(State expected, State)} or {@code changeState} has begun. */
    private Object take(Object[] call) throws ReflectiveOperationException {
        Object handler = call[0];
        if (leases.isPast(handler)) {
            flush(handler, Inside.field(handler, "connectionPool"));
        }
        return null;
    }

    /** @return false for a connection that doesn't lie idle */
    private static boolean flush(Object handler, Object pool) throws ReflectiveOperationException {
        Class<?> type = inner(pool, "FlushTask");
        ClassLoader loader = type.getClassLoader();
        Object graceful =
                Inside.constant(Class.forName("io.agroal.api.AgroalDataSource$FlushMode", true, loader), "GRACEFUL");
        Constructor<?> constructor =
                type.getDeclaredConstructor(pool.getClass(), graceful.getClass(), handler.getClass());
        constructor.setAccessible(true);
        Object task = constructor.newInstance(pool, graceful, handler);
        if (!fromIdle(handler)) {
            return false;
        }
        Inside.call(task, "flushHandler", handler);
        Inside.call(task, "afterFlush", graceful);
        return true;
    }

    /** Not by the handler's own method, in which we may be. */
    @SuppressWarnings("unchecked")
    private static boolean fromIdle(Object handler) throws ReflectiveOperationException {
        AtomicReferenceFieldUpdater<Object, Object> state =
                (AtomicReferenceFieldUpdater<Object, Object>) Inside.field(handler, "stateUpdater");
        Class<?> states = state.get(handler).getClass();
        return state.compareAndSet(handler, Inside.constant(states, "CHECKED_IN"), Inside.constant(states, "FLUSH"));
    }

    private static Class<?> inner(Object pool, String name) throws ReflectiveOperationException {
        Class<?> type = pool.getClass();
        return Class.forName(type.getName() + "$" + name, true, type.getClassLoader());
    }

    private static final class Pooled extends Entry {

        Pooled(Object handler, Object pool, Executor threads) {
            super(handler, pool, threads);
        }

        @Override
        public String description() {
            return "Agroal's own flush";
        }

        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            if (flush(mine, owner)) {
                fill(owner);
            }
        }

        /** One more, as for a borrower; by itself it fills up to its minSize alone. */
        private static void fill(Object owner) throws ReflectiveOperationException {
            int most = (Integer) Inside.call(Inside.field(owner, "configuration"), "maxSize");
            try {
                if ((Boolean) Inside.call(owner, "acquireCreateConnectionPermit", most)) {
                    Inside.call(owner, "createAndPoolConnectionOnBackground");
                }
            } catch (NoSuchMethodException beforeVersion3) {
                Constructor<?> task = inner(owner, "CreateConnectionTask").getDeclaredConstructor(owner.getClass());
                task.setAccessible(true);
                Inside.call(Inside.field(owner, "housekeepingExecutor"), "executeNow", task.newInstance(owner));
            }
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            // At its defaults the pool doesn't note when a connection is borrowed or returned.
            return Inside.field(mine, "state").toString().equals("CHECKED_OUT") ? IN_USE : UNKNOWN;
        }
    }
}
