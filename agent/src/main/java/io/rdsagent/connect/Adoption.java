package io.rdsagent.connect;

import io.rdsagent.config.Config;
import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Wish;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.lease.Lease;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.Retirement;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.function.DoubleSupplier;

/**
 * Takes over the connections that were there before the agent was attached to a running JVM: those to a host of ours get a
 * lease, with a deadline within {@link #SPREAD_MILLIS}, so that they are replaced one by one.
 */
public final class Adoption implements Leases.Adoption {

    /** Over how long those of a pool are spread; or a tenth of the lifetime, if that is less. */
    private static final long SPREAD_MILLIS = 60_000;

    private static final int SHARE_OF_LIFETIME = 10;

    private final Config config;
    private final List<Dialect> dialects;
    private final Databases databases;
    private final Retirement retirement;
    private final Clock clock;
    private final DoubleSupplier random;

    /** @param random from 0 to 1 */
    public Adoption(
            Config config,
            List<Dialect> dialects,
            Databases databases,
            Retirement retirement,
            Clock clock,
            DoubleSupplier random) {
        this.config = config;
        this.dialects = dialects;
        this.databases = databases;
        this.retirement = retirement;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public boolean isDriversOwn(Connection connection) {
        return driverOf(connection.getClass()) != null;
    }

    @Override
    public void adopt(Connection physical) {
        try {
            String url = physical.getMetaData().getURL();
            Driver driver = driver(physical);
            for (Dialect dialect : dialects) {
                if (url != null && dialect.speaks(driver, url)) {
                    adopt(physical, dialect, dialect.read(driver, url, new Properties()));
                    return;
                }
            }
        } catch (SQLException | ReflectiveOperationException | RuntimeException | LinkageError notOurs) {
            // It goes when its pool lets it go, as it would have.
        }
    }

    private void adopt(Connection physical, Dialect dialect, Wish wish) {
        if (wish.whyLeftAlone() != null || wish.balancedBy() != null) {
            return;
        }
        for (HostPort host : wish.hosts()) {
            DatabaseConfig asked = config.forHost(host.host(), host.port());
            if (asked != null) {
                Database database = databases.of(asked, wish.hosts(), dialect.handshake());
                long now = clock.millis();
                retirement.begin(
                        physical,
                        new Lease(
                                physical, dialect::isClosed, database, endpoint(database, host), now, deadline(asked)));
                return;
            }
        }
    }

    /** Of a URL with several hosts nobody can tell without asking the server: the first stands for all. */
    private static Endpoint endpoint(Database database, HostPort host) {
        for (Endpoint endpoint : database.endpoints()) {
            if (endpoint.address().equals(host)) {
                return endpoint;
            }
        }
        return database.endpoints().get(0);
    }

    private long deadline(DatabaseConfig asked) {
        long now = clock.millis();
        if (retirement.deadline(asked, now, now) == Lease.NEVER) {
            return Lease.NEVER;
        }
        long share = asked.lifetime().duration().toMillis() / SHARE_OF_LIFETIME;
        return now + (long) (Math.min(share, SPREAD_MILLIS) * random.getAsDouble());
    }

    /** The drivers have no state; that of the class which the application has loaded is as good as any. */
    private static Driver driver(Connection physical) throws ReflectiveOperationException {
        Class<?> type = physical.getClass();
        return Class.forName(driverOf(type), true, type.getClassLoader())
                .asSubclass(Driver.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    private static String driverOf(Class<?> connection) {
        String name = connection.getName();
        if (name.startsWith("org.postgresql.jdbc.")) {
            return "org.postgresql.Driver";
        }
        if (name.startsWith("com.mysql.cj.jdbc.")) {
            return "com.mysql.cj.jdbc.Driver";
        }
        if (name.startsWith("com.mysql.jdbc.")) {
            return "com.mysql.jdbc.Driver";
        }
        return name.startsWith("org.mariadb.jdbc.") ? "org.mariadb.jdbc.Driver" : null;
    }
}
