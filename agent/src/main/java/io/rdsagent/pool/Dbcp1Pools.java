package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.ForTheDriver;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

/**
 * DBCP 1.4. A borrow first activates a connection; when that fails, the pool destroys it and takes another, without a word.
 */
final class Dbcp1Pools implements PoolAdapter {

    private final Leases leases;
    private final Executor threads;

    Dbcp1Pools(Leases leases, Executor threads) {
        this.leases = leases;
        this.threads = threads;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("dbcp1.connection", this::built);
        hooks.put("dbcp1.activate", this::activate);
        return hooks;
    }

    /** {@code new PoolableConnection(Connection, ObjectPool, …)} has returned. */
    private Object built(Object[] call) throws ReflectiveOperationException {
        Object entry = call[0];
        leases.hold(
                (Connection) Inside.call(entry, "getInnermostDelegate"), entry, new Pooled(entry, call[2], threads));
        return null;
    }

    /** {@code PoolableConnectionFactory.activateObject(Object)} has begun. */
    private Object activate(Object[] call) throws ForTheDriver {
        if (leases.isPast(call[0])) {
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
            return "DBCP's own activation";
        }

        /** As the pool's own evictor does it: what is taken out counts as processed until another has come in. */
        @Override
        void replace(Object mine, Object owner) throws ReflectiveOperationException {
            synchronized (owner) {
                if (!takeOut(mine, owner)) {
                    return;
                }
                process(owner, 1);
            }
            try {
                Inside.call(Inside.field(owner, "_factory"), "destroyObject", mine);
                Inside.call(owner, "addObject");
            } finally {
                synchronized (owner) {
                    process(owner, -1);
                    Inside.call(owner, "allocate");
                }
            }
        }

        private static boolean takeOut(Object mine, Object owner) throws ReflectiveOperationException {
            for (Iterator<?> pairs = idle(owner).iterator(); pairs.hasNext(); ) {
                if (Inside.field(pairs.next(), "value") == mine) {
                    pairs.remove();
                    return true;
                }
            }
            return false;
        }

        private static void process(Object owner, int more) throws ReflectiveOperationException {
            Inside.set(owner, "_numInternalProcessing", (Integer) Inside.field(owner, "_numInternalProcessing") + more);
        }

        private static List<?> idle(Object owner) throws ReflectiveOperationException {
            return (List<?>) Inside.field(owner, "_pool");
        }

        @Override
        long lastUse(Object mine, Object owner) throws ReflectiveOperationException {
            synchronized (owner) {
                for (Object pair : idle(owner)) {
                    if (Inside.field(pair, "value") == mine) {
                        return (Long) Inside.field(pair, "tstamp");
                    }
                }
            }
            return IN_USE;
        }
    }
}
