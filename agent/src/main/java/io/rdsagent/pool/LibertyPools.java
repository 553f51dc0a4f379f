package io.rdsagent.pool;

import io.rdsagent.lease.Holder;
import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.util.Collections;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The pool of Open Liberty and WebSphere Liberty. It asks each connection that comes back whether it is to be destroyed, and
 * there the agent adds its answer; of one that is borrowed it asks nothing, so an idle one that is past its time serves once
 * more.
 */
final class LibertyPools implements PoolAdapter {

    private final Leases leases;

    LibertyPools(Leases leases) {
        this.leases = leases;
    }

    @Override
    public Map<String, Hook> hooks() {
        return Collections.singletonMap("liberty.connection", this::connected);
    }

    /** {@code MCWrapper.setManagedConnection(ManagedConnection)} has returned. */
    private Object connected(Object[] call) throws ReflectiveOperationException {
        Connection physical = call[1] == null ? null : Beneath.find(leases, call[1]);
        if (physical != null) {
            leases.hold(physical, call[0], new Returning(Inside.field(call[0], "pm")));
        }
        return null;
    }

    private static final class Returning implements Holder {

        private final WeakReference<Object> pool;

        Returning(Object pool) {
            this.pool = new WeakReference<>(pool);
        }

        @Override
        public Object pool() {
            return pool.get();
        }

        @Override
        public String description() {
            return "Liberty's own check of what comes back";
        }

        @Override
        public void retire(Consumer<Throwable> failed) {
            // When it comes back.
        }

        @Override
        public long lastUse() {
            return UNKNOWN;
        }
    }
}
