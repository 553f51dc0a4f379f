package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.util.Collections;
import java.util.Map;

/**
 * Spring's SingleConnectionDataSource gives one connection to whoever asks, and isn't told when they have done with it: with
 * {@code suppressClose} their close does nothing, and without it theirs is the connection itself. So there is no moment at
 * which it may be closed, and it is observed.
 */
final class SpringSingle implements PoolAdapter {

    private static final String DESCRIPTION =
            "nobody: Spring's SingleConnectionDataSource can't be told when its connection is"
                    + " unused, so it is only observed; call resetConnection() now and then, or use a pool";

    private final Leases leases;

    SpringSingle(Leases leases) {
        this.leases = leases;
    }

    @Override
    public Map<String, Hook> hooks() {
        return Collections.singletonMap("spring.single", this::connected);
    }

    /** {@code SingleConnectionDataSource.initConnection()} has returned. */
    private Object connected(Object[] call) throws ReflectiveOperationException {
        Connection physical = (Connection) Inside.field(call[0], "target");
        if (physical != null) {
            leases.hold(physical, call[0], new Observed(DESCRIPTION));
        }
        return null;
    }
}
