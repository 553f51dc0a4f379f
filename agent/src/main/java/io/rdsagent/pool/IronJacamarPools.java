package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.lang.reflect.Constructor;
import java.sql.Connection;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * IronJacamar 1.4 and later, WildFly's pool. Before a borrow what is past its time is taken from among the idle connections,
 * as the pool's own idle remover does it; at its return a connection is marked as by the pool's graceful flush, and destroyed.
 * (A match that fails would do for the borrow, but of each the pool warns in the log; it is left for its older pools.)
 */
final class IronJacamarPools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    IronJacamarPools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("ironjacamar.listener", this::built);
        hooks.put("ironjacamar.borrow", this::borrow);
        hooks.put("ironjacamar.return", this::comesBack);
        return hooks;
    }

    /** {@code new AbstractConnectionListener(ConnectionManager, ManagedConnection, Pool, ManagedConnectionPool, …)} has returned. */
    private Object built(Object[] call) {
        Object managed = call[2];
        Connection physical = Beneath.find(leases, managed);
        if (physical != null && call[4] != null) {
            leases.hold(physical, managed, new Pooled(call[0], call[4], threads));
        }
        return null;
    }

    /** {@code ManagedConnectionPool.getConnection(Subject, ConnectionRequestInfo)} has begun. */
    private Object borrow(Object[] call) throws ReflectiveOperationException {
        Object pool = call[0];
        for (Object wrapper : idle(pool)) {
            if (leases.isPast(managed(Inside.call(wrapper, "getConnectionListener")))) {
                destroy(wrapper, pool);
            }
        }
        return null;
    }

    /** {@code ManagedConnectionPool.returnConnection(ConnectionListener, boolean kill, boolean cleanup)} has begun. */
    private Object comesBack(Object[] call) throws ReflectiveOperationException {
        Object listener = call[0];
        if (listener != null && leases.isPast(managed(listener)) && isFree(listener)) {
            Object state = Inside.call(listener, "getState");
            Inside.call(listener, "setState", Inside.constant(state.getClass(), "DESTROY"));
        }
        return null;
    }

    private static Object managed(Object listener) throws ReflectiveOperationException {
        return Inside.call(listener, "getManagedConnection");
    }

    /** Neither destroyed already, nor, as a pool with interleaving has it, in a transaction that somebody will go on with. */
    private static boolean isFree(Object listener) throws ReflectiveOperationException {
        return !(Boolean) Inside.call(listener, "isEnlisted")
                && Inside.call(listener, "getState").toString().equals("NORMAL");
    }

    /** @return false when somebody has borrowed it */
    private static boolean destroy(Object wrapper, Object pool) throws ReflectiveOperationException {
        Object listener = Inside.call(wrapper, "getConnectionListener");
        if (!isFree(listener) || !idle(pool).remove(wrapper)) {
            return false;
        }
        Inside.call(pool, "removeConnectionListenerFromPool", wrapper);
        Inside.call(listener, "destroy");
        return true;
    }

    private static Collection<?> idle(Object pool) throws ReflectiveOperationException {
        return (Collection<?>) Inside.field(pool, "clq");
    }

    private static final class Pooled extends Entry {

        Pooled(Object listener, Object pool, Executor threads) {
            super(listener, pool, threads);
        }

        @Override
        public String description() {
            return "IronJacamar's own removal of idle connections";
        }

        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            Object wrapper = all(owner).get(mine);
            if (wrapper != null && destroy(wrapper, owner)) {
                open(owner);
            }
        }

        /** As the pool fills itself, with a permit: none is left when all of it is in use. */
        private static void open(Object owner) throws ReflectiveOperationException {
            Object permits = Inside.call(Inside.field(owner, "pool"), "getLock");
            if ((Boolean) Inside.call(permits, "tryAcquire", 0L, TimeUnit.MILLISECONDS)) {
                try {
                    fill(owner);
                } finally {
                    Inside.call(permits, "release");
                }
            }
        }

        private static void fill(Object owner) throws ReflectiveOperationException {
            int most = (Integer) Inside.call(Inside.field(owner, "poolConfiguration"), "getMaxSize");
            if ((Boolean) Inside.call(owner, "isSize", most) || !(Boolean) Inside.call(owner, "isRunning")) {
                return;
            }
            Object listener = Inside.call(
                    owner,
                    "createConnectionEventListener",
                    Inside.field(owner, "defaultSubject"),
                    Inside.field(owner, "defaultCri"));
            Object wrapper = wrapper(listener, owner);
            all(owner).put(listener, wrapper);
            Inside.call(Inside.field(owner, "clq"), "addLast", wrapper);
            if ((Boolean) Inside.call(owner, "isSize", most + 1)) {
                destroy(wrapper, owner);
            }
        }

        private static Object wrapper(Object listener, Object owner) throws ReflectiveOperationException {
            Class<?> type = owner.getClass();
            for (Constructor<?> constructor : Class.forName(
                            type.getName() + "$ConnectionListenerWrapper", true, type.getClassLoader())
                    .getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1) {
                    constructor.setAccessible(true);
                    return constructor.newInstance(listener);
                }
            }
            throw new NoSuchMethodException(type.getName() + "$ConnectionListenerWrapper");
        }

        @SuppressWarnings("unchecked")
        private static Map<Object, Object> all(Object owner) throws ReflectiveOperationException {
            return (Map<Object, Object>) Inside.field(owner, "cls");
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            Object wrapper = all(owner).get(mine);
            if (wrapper == null) {
                return UNKNOWN;
            }
            return (Boolean) Inside.call(wrapper, "isCheckedOut")
                    ? IN_USE
                    : (Long) Inside.call(mine, "getLastReturnedTime");
        }
    }
}
