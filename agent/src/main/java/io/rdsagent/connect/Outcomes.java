package io.rdsagent.connect;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.driver.Dialect;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Health;
import io.rdsagent.event.Events;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.Login;
import io.rdsagent.lease.Lease;
import io.rdsagent.lease.Retirement;
import io.rdsagent.tls.TrustException;
import io.rdsagent.token.Token;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

/** What follows from an attempt: a lease, or a diagnosis and the next endpoint. */
final class Outcomes {

    /** Said where there was no token to send; pgjdbc makes 99999 of what it does not expect. */
    private static final String INVALID_AUTHORIZATION = "28000";

    static final String NO_CONNECTION = "08001";

    private final Health health;
    private final Retirement retirement;
    private final Events events;
    private final Clock clock;
    private final Diagnosis diagnosis;

    Outcomes(Health health, Retirement retirement, Events events, Clock clock) {
        this.health = health;
        this.retirement = retirement;
        this.events = events;
        this.clock = clock;
        this.diagnosis = new Diagnosis(clock);
    }

    /**
     * Where a writer is wanted and the roles are in doubt, whether this is one. The answer is among what the server has said at
     * the login already, or else costs a round trip; when the topology is fresh, nothing is asked.
     */
    void checkRole(ConnectPlan plan, Attempt attempt, Connection connection, Supplier<Endpoint> next)
            throws EndpointFailure {
        Database database = plan.database();
        if (!database.wantsWriter() || !database.topology().isLearnt()) {
            return;
        }
        try {
            if (!plan.dialect().topology().isReader(connection, database.isInDoubt())) {
                return;
            }
        } catch (SQLException | RuntimeException | LinkageError cannotTell) {
            return;
        }
        database.suspect();
        close(connection);
        throw new EndpointFailure(explained(
                plan,
                attempt.endpoint(),
                attempt.user(),
                "It is a reader, and a writer is wanted: a failover is likely under way. The agent looks for the new"
                        + " writer; try again.",
                NO_CONNECTION,
                new SQLException("the server is read-only", "25006"),
                next.get()));
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException alreadyGone) {
            // As it should be.
        }
    }

    void succeeded(ConnectPlan plan, Attempt attempt, Connection connection, long began) {
        DatabaseConfig config = plan.database().config();
        Line line = new Line(plan.dialect(), attempt.socket());
        Lease lease = begin(plan.database(), plan.dialect(), plan.driver(), attempt, connection, began);
        if (attempt.isIam()) {
            lease.madeBy(plan.recipe());
        }
        // Kept for as long as the connection: nothing of the plan, which knows the driver.
        attempt.succeeded(new Attempt.Session() {
            @Override
            public void begin(Token again) {
                long renewed = clock.millis();
                lease.renew(renewed, deadline(config, renewed, again));
            }

            @Override
            public void handedTo(Connection other) {
                retirement.begin(
                        other,
                        new Lease(other, line, lease.database(), lease.endpoint(), lease.loginAt(), lease.deadline()));
            }
        });
    }

    /** The connection has several sessions: the deadline stays that of the first, whatever another logs in with. */
    void succeededByItself(
            Database database, Dialect dialect, Driver driver, Attempt oldest, Connection connection, long began) {
        begin(database, dialect, driver, oldest, connection, began);
    }

    private Lease begin(
            Database database, Dialect dialect, Driver driver, Attempt attempt, Connection connection, long began) {
        long now = clock.millis();
        Token token = attempt.token();
        Lease lease = new Lease(
                connection,
                new Line(dialect, attempt.socket()),
                database,
                attempt.endpoint(),
                now,
                deadline(database.config(), now, token));
        retirement.begin(connection, lease);
        health.proven(attempt.endpoint());
        database.opened(attempt.endpoint());
        events.login(new Login(
                database.toString(),
                attempt.endpoint().signingName().toString(),
                attempt.endpoint().toString(),
                attempt.user(),
                version(driver),
                token == null ? null : token.signedBy(),
                token == null ? null : token.age(clock),
                Duration.ofMillis(now - began)));
        return lease;
    }

    private long deadline(DatabaseConfig config, long loginAt, Token token) {
        return retirement.deadline(
                config, loginAt, token == null ? loginAt : token.signedAt().toEpochMilli());
    }

    private static String version(Driver driver) {
        Package home = driver.getClass().getPackage();
        String version = home == null ? null : home.getImplementationVersion();
        return driver.getClass().getName() + " "
                + (version == null ? driver.getMajorVersion() + "." + driver.getMinorVersion() : version);
    }

    /**
     * What follows from a failed attempt: an {@link EndpointFailure} where the next endpoint is to be tried, the
     * driver's own exception where it is no matter of ours, and else one that says what to do.
     */
    SQLException failed(ConnectPlan plan, Attempt attempt, SQLException cause, Endpoint next) throws EndpointFailure {
        Dialect dialect = plan.dialect();
        boolean refused = dialect.isTokenRefused(cause);
        boolean elsewhere = attempt.hasExpired() || (!refused && dialect.isForAnotherEndpoint(cause));
        if (!elsewhere && !refused && attempt.withoutToken() == null) {
            return cause;
        }
        String text = diagnosis.of(cause, attempt, dialect);
        String state = attempt.withoutToken() == null ? cause.getSQLState() : INVALID_AUTHORIZATION;
        SQLException explained =
                explained(plan, attempt.endpoint(), attempt.user(), text, state, cause, elsewhere ? next : null);
        if (elsewhere) {
            health.suspect(attempt.endpoint());
            plan.database().suspect();
            throw new EndpointFailure(explained);
        }
        return explained;
    }

    /** What the application is told when there is nothing to verify a certificate with. */
    SQLException withoutTrust(ConnectPlan plan, Endpoint endpoint, TrustException unusable) {
        return explained(
                plan,
                endpoint,
                plan.user(endpoint),
                unusable.getMessage(),
                NO_CONNECTION,
                new SQLException(unusable),
                null);
    }

    private SQLException explained(
            ConnectPlan plan,
            Endpoint endpoint,
            String user,
            String text,
            String state,
            SQLException cause,
            Endpoint next) {
        String who = user == null ? "the driver's default user" : user;
        // Of one that nobody waits for, Spares tells.
        if (!plan.isAhead()) {
            events.failedLogin(new FailedLogin(
                    plan.database().toString(),
                    endpoint.signingName().toString(),
                    endpoint.toString(),
                    who,
                    state,
                    text,
                    next == null ? null : next.toString()));
        }
        return new SQLException(
                "RDS JDBC Agent: no login to " + endpoint + " as " + who + ". " + text,
                state,
                cause.getErrorCode(),
                cause);
    }
}
