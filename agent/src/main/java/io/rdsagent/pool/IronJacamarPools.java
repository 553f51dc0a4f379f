package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * IronJacamar 1.4 and later, WildFly's pool. Before a borrow, what is past its time is taken from among the idle
 * connections, as the pool's own idle remover does it. Who waits for a connection has looked already, so one that comes back
 * to somebody who waits is marked as by the pool's graceful flush, and destroyed; he makes another. (A match that fails would
 * do for the borrow, but of each such the pool warns in the log.)
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
        Object listener = call[0];
        Connection physical = Beneath.find(leases, call[2]);
        if (physical != null && call[4] != null) {
            leases.hold(physical, listener, new Pooled(listener, call[4], threads));
        }
        return null;
    }

    /** {@code ManagedConnectionPool.getConnection(Subject, ConnectionRequestInfo)} has begun. */
    private Object borrow(Object[] call) throws ReflectiveOperationException {
        IronJacamarBag bag = IronJacamarBag.of(call[0]);
        for (Object listener : bag.idle()) {
            if (leases.isPast(listener)) {
                destroy(listener, bag);
            }
        }
        return null;
    }

    /** {@code ManagedConnectionPool.returnConnection(ConnectionListener, boolean kill, boolean cleanup)} has begun. */
    private Object comesBack(Object[] call) throws ReflectiveOperationException {
        Object listener = call[0];
        if (leases.isPast(listener)
                && isFree(listener)
                && permits(Inside.call(listener, "getManagedConnectionPool")).hasQueuedThreads()) {
            Object state = Inside.call(listener, "getState");
            Inside.call(listener, "setState", Inside.constant(state.getClass(), "DESTROY"));
        }
        return null;
    }

    private static Semaphore permits(Object pool) throws ReflectiveOperationException {
        return (Semaphore) Inside.call(Inside.field(pool, "pool"), "getLock");
    }

    /** Neither destroyed already, nor, as a pool with interleaving has it, in a transaction that somebody will go on with. */
    private static boolean isFree(Object listener) throws ReflectiveOperationException {
        return !(Boolean) Inside.call(listener, "isEnlisted")
                && Inside.call(listener, "getState").toString().equals("NORMAL");
    }

    /** @return false when somebody has borrowed it */
    private static boolean destroy(Object listener, IronJacamarBag bag) throws ReflectiveOperationException {
        boolean mine = isFree(listener) && bag.take(listener);
        if (mine) {
            Inside.call(listener, "destroy");
        }
        return mine;
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
            IronJacamarBag bag = IronJacamarBag.of(owner);
            if (destroy(mine, bag)) {
                open(owner, bag);
            }
        }

        /** As the pool fills itself, with a permit: none is left when all of it is in use. */
        private static void open(Object owner, IronJacamarBag bag) throws ReflectiveOperationException {
            Object permits = permits(owner);
            if ((Boolean) Inside.call(permits, "tryAcquire", 0L, TimeUnit.MILLISECONDS)) {
                try {
                    fill(owner, bag);
                } finally {
                    Inside.call(permits, "release");
                }
            }
        }

        private static void fill(Object owner, IronJacamarBag bag) throws ReflectiveOperationException {
            int most = (Integer) Inside.call(Inside.field(owner, "poolConfiguration"), "getMaxSize");
            if ((Boolean) Inside.call(owner, "isSize", most) || !(Boolean) Inside.call(owner, "isRunning")) {
                return;
            }
            Object listener = Inside.call(
                    owner,
                    "createConnectionEventListener",
                    Inside.field(owner, "defaultSubject"),
                    Inside.field(owner, "defaultCri"));
            bag.add(listener);
            if ((Boolean) Inside.call(owner, "isSize", most + 1)) {
                destroy(listener, bag);
            }
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            return IronJacamarBag.of(owner).idle().contains(mine)
                    ? (Long) Inside.call(mine, "getLastReturnedTime")
                    : IN_USE;
        }
    }
}
