package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.ForTheDriver;
import io.rdsagent.weave.Hook;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * DBCP 2, and the copy of it that Tomcat brings for its JNDI resources. A borrow first activates a connection; when that fails, the pool destroys it and takes another, without a word.
 * ({@code validateLifetime}, which would do as well, is also asked at the return, and the pool logs what it throws there.)
 */
final class Dbcp2Pools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    Dbcp2Pools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("dbcp2.connection", this::built);
        hooks.put("dbcp2.activate", this::activate);
        return hooks;
    }

    /** {@code new PoolableConnection(Connection, ObjectPool, ObjectName, …)} has returned. */
    private Object built(Object[] call) throws ReflectiveOperationException {
        Object entry = call[0];
        leases.hold(
                (Connection) Inside.call(entry, "getInnermostDelegateInternal"),
                entry,
                new Pooled(entry, call[2], threads));
        return null;
    }

    /** {@code PoolableConnectionFactory.activateObject(PooledObject)} has begun. */
    private Object activate(Object[] call) throws ReflectiveOperationException, ForTheDriver {
        if (leases.isPast(Inside.call(call[0], "getObject"))) {
            throw new ForTheDriver(new SQLException("this connection is past its time", "08003"));
        }
        return null;
    }

    private static final class Pooled extends Entry {

        Pooled(Object entry, Object pool, Executor threads) {
            super(entry, pool, threads);
        }

        @Override
        public String description() {
            return "DBCP 2's own activation";
        }

        /** As the pool's own evictor does it: only what is idle can be put to its test, and then nobody borrows it. */
        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            Object pooled = pooled(mine, owner);
            if (pooled != null && (Boolean) Inside.call(pooled, "startEvictionTest")) {
                destroy(pooled, owner);
                // It would wait for the next borrow with this.
                Inside.call(owner, "addObject");
            }
        }

        private static void destroy(Object pooled, Object owner) throws ReflectiveOperationException {
            try {
                Inside.call(owner, "destroy", pooled);
            } catch (NoSuchMethodException sincePool2Point9) {
                Inside.call(owner, "destroy", pooled, destroyMode(owner));
            }
        }

        /** Of the same package as the pool, which Tomcat's copy has under another name. */
        private static Object destroyMode(Object owner) throws ReflectiveOperationException {
            for (Class<?> type = owner.getClass(); type != null; type = type.getSuperclass()) {
                for (Method method : type.getDeclaredMethods()) {
                    if (method.getName().equals("destroy") && method.getParameterCount() == 2) {
                        return method.getParameterTypes()[1].getField("NORMAL").get(null);
                    }
                }
            }
            throw new NoSuchMethodException("destroy");
        }

        /** The pool's {@code PooledObject}; null when the pool doesn't have the connection any more. */
        private static Object pooled(Object mine, Object owner) throws ReflectiveOperationException {
            for (Object pooled : ((Map<?, ?>) Inside.field(owner, "allObjects")).values()) {
                if (Inside.call(pooled, "getObject") == mine) {
                    return pooled;
                }
            }
            return null;
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            Object pooled = pooled(mine, owner);
            if (pooled == null) {
                return UNKNOWN;
            }
            return Inside.call(pooled, "getState").toString().equals("IDLE")
                    ? (Long) Inside.call(pooled, "getLastReturnTime")
                    : IN_USE;
        }
    }
}
