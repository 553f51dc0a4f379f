package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executor;

/** The pools that are known. */
public final class Pools {

    /** @param threads where a pool closes a connection, or opens another in its place */
    public static List<PoolAdapter> all(Leases leases, Executor threads) {
        return Collections.unmodifiableList(Arrays.asList(
                new HikariPools(leases, threads),
                new TomcatPools(leases, threads),
                new Dbcp2Pools(leases, threads),
                new Dbcp1Pools(leases, threads),
                new C3p0Pools(leases, threads),
                new ViburPools(leases, threads),
                new DruidPools(leases, threads),
                new AgroalPools(leases, threads),
                new H2Pools(leases, threads),
                new IronJacamarPools(leases, threads),
                new UcpPools(leases, threads),
                new PgjdbcPools(leases, threads),
                new MariaDbPools(leases, threads),
                new LibertyPools(leases),
                new SpringSingle(leases)));
    }

    private Pools() {}
}
