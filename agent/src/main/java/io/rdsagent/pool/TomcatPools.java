package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.lang.reflect.InvocationTargetException;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Tomcat JDBC from 8.5 on. A borrow asks {@code PooledConnection.isMaxAgeExpired()}; where that is so, the pool connects
 * the same object anew.
 */
final class TomcatPools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    TomcatPools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("tomcat.connected", this::connected);
        hooks.put("tomcat.expired", this::expired);
        return hooks;
    }

    /**
     * {@code PooledConnection.isMaxAgeExpired()} has returned. 8.5 asks also when a connection comes back, and closes it then
     * without another in its place; later versions have who returns it wait for the new one. There it is kept, and the next
     * look at the idle ones connects it anew.
     */
    private Object expired(Object[] call) {
        return (leases.isPast(call[0]) && !isComingBack()) ? Boolean.TRUE : null;
    }

    private static boolean isComingBack() {
        for (StackTraceElement element : new Throwable().getStackTrace()) {
            if (element.getMethodName().equals("returnConnection")) {
                return true;
            }
        }
        return false;
    }

    /** {@code PooledConnection.connect()} has returned: a new physical connection in an object that may be old. */
    private Object connected(Object[] call) throws ReflectiveOperationException {
        Object entry = call[0];
        Connection physical = (Connection) Inside.field(entry, "connection");
        if (physical != null) {
            leases.hold(physical, entry, new Pooled(entry, Inside.field(entry, "parent"), threads));
        }
        return null;
    }

    private static final class Pooled extends Entry {

        Pooled(Object entry, Object pool, Executor threads) {
            super(entry, pool, threads);
        }

        @Override
        public String description() {
            return "Tomcat JDBC's own maxAge check";
        }

        /** As the pool's own cleaner does it: under the connection's lock, and only what nobody has borrowed. */
        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            Inside.call(mine, "lock");
            try {
                if (isIdle(mine, owner)) {
                    reconnect(mine, owner);
                }
            } finally {
                Inside.call(mine, "unlock");
            }
        }

        private static void reconnect(Object mine, Object owner) throws ReflectiveOperationException {
            try {
                Inside.call(mine, "reconnect");
            } catch (InvocationTargetException noConnection) {
                if (((Queue<?>) Inside.field(owner, "idle")).remove(mine)) {
                    Inside.call(owner, "release", mine);
                }
            }
        }

        private static boolean isIdle(Object mine, Object owner) throws ReflectiveOperationException {
            return ((Queue<?>) Inside.field(owner, "idle")).contains(mine)
                    && !((Queue<?>) Inside.field(owner, "busy")).contains(mine);
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            return isIdle(mine, owner) ? (Long) Inside.call(mine, "getTimestamp") : IN_USE;
        }
    }
}
