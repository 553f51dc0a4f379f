package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.ForTheDriver;
import io.rdsagent.weave.Hook;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLTransientConnectionException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * Oracle UCP from 19.3 on, over any driver. What a borrow has got hold of and is past its time is given back as the pool
 * gives back what its own validation refuses, and another is asked for. (Newer versions would ask the driver's connection
 * whether it is valid, but take a no for an outage, and try all that are idle.)
 */
final class UcpPools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    UcpPools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("ucp.connection", this::built);
        hooks.put("ucp.borrow", this::borrowed);
        return hooks;
    }

    /** {@code new UniversalPooledConnectionImpl(UniversalConnectionPoolBase, Object physical, ConnectionRetrievalInfo)} has returned. */
    private Object built(Object[] call) {
        Object entry = call[0];
        Connection physical = call[2] == null ? null : Beneath.find(leases, call[2]);
        if (physical != null) {
            leases.hold(physical, entry, new Pooled(entry, call[1], threads));
        }
        return null;
    }

    /** {@code UniversalConnectionPoolImpl.borrowConnectionWithoutCountingRequests(ConnectionRetrievalInfo)} has got one. */
    private Object borrowed(Object[] call) throws ReflectiveOperationException, ForTheDriver {
        Object pool = call[0];
        Object entry = call[1];
        if (!leases.isPast(entry)) {
            return null;
        }
        Object status = Inside.call(entry, "getStatus");
        Inside.call(entry, "setStatus", Inside.constant(status.getClass(), "STATUS_CLOSE_ON_RETURN"));
        Inside.call(pool, "returnConnection", entry);
        Object another = another(pool, call[2]);
        if (another == null) {
            throw new ForTheDriver(new SQLTransientConnectionException("the pool has no other connection at once"));
        }
        return another;
    }

    /** Through the same hook, until there are no more such. */
    private static Object another(Object pool, Object wish) throws ReflectiveOperationException, ForTheDriver {
        try {
            return Inside.call(pool, "borrowConnectionWithoutCountingRequests", wish);
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof Exception) {
                throw new ForTheDriver((Exception) refused.getCause());
            }
            throw refused;
        }
    }

    private static final class Pooled extends Entry {

        Pooled(Object entry, Object pool, Executor threads) {
            super(entry, pool, threads);
        }

        @Override
        public String description() {
            return "Oracle UCP's own way with connections it finds invalid";
        }

        @Override
        public String how() {
            return "guard";
        }

        /** As its timers do it: an iterator of the pool's takes the connection out, so that nobody can borrow it. */
        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            Object core = Inside.field(owner, "core");
            Object idle = takeOut(Inside.call(mine, "getDelegator"), core);
            if (idle != null) {
                Inside.call(idle, "close");
                Inside.call(core, "growAvailable", Inside.call(idle, "cri"));
            }
        }

        private static Object takeOut(Object wanted, Object core) throws ReflectiveOperationException {
            for (Method method : core.getClass().getDeclaredMethods()) {
                if (method.getName().equals("retrieveFirst") && method.getParameterCount() == 1) {
                    method.setAccessible(true);
                    return method.invoke(core, thatIs(wanted, method.getParameterTypes()[0]));
                }
            }
            throw new NoSuchMethodException(core.getClass().getName() + ".retrieveFirst");
        }

        /** A predicate; versions differ in its type. */
        private static Object thatIs(Object wanted, Class<?> selector) {
            return Proxy.newProxyInstance(
                    wanted.getClass().getClassLoader(),
                    new Class<?>[] {selector},
                    (proxy, method, arguments) -> method.getReturnType() == boolean.class
                            && arguments.length == 1
                            && arguments[0] == wanted
                            && (Boolean) Inside.call(wanted, "available"));
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            return (Boolean) Inside.call(mine, "isAvailable")
                    ? (Long) Inside.call(mine, "getAvailableStartTime")
                    : IN_USE;
        }
    }
}
