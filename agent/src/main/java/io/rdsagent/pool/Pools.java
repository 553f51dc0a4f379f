package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import java.util.Collections;
import java.util.List;

/** The pools that are known. */
public final class Pools {

    public static List<PoolAdapter> all(Leases leases) {
        return Collections.singletonList(new HikariPools(leases));
    }

    private Pools() {}
}
