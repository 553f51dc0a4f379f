package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.util.Collections;
import java.util.Map;

/**
 * HikariCP from 2.4 on. A borrow asks {@code PoolEntry.isMarkedEvicted()} before it hands a connection out, and closes
 * one that is marked; with our answer woven in, the pool retires the connection itself and its books stay right.
 */
final class HikariPools implements PoolAdapter {

    private final Leases leases;

    HikariPools(Leases leases) {
        this.leases = leases;
    }

    @Override
    public Map<String, Hook> hooks() {
        return Collections.singletonMap("hikari.entry", this::built);
    }

    /** {@code new PoolEntry(Connection, PoolBase, boolean, boolean)} has returned. */
    private Object built(Object[] call) {
        Object entry = call[0];
        Connection connection = (Connection) call[1];
        Object pool = call[2];
        leases.hold(connection, entry, new HikariHolder(entry, pool));
        return null;
    }
}
