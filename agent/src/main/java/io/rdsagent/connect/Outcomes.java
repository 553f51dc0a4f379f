package io.rdsagent.connect;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.driver.Dialect;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Health;
import io.rdsagent.event.Attempted;
import io.rdsagent.event.Attempted.Outcome;
import io.rdsagent.event.Cause;
import io.rdsagent.event.Events;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.Login;
import io.rdsagent.lease.Lease;
import io.rdsagent.lease.Line;
import io.rdsagent.lease.Retirement;
import io.rdsagent.tls.TrustException;
import io.rdsagent.token.Token;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;

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

    private final Inquiries inquiries;

    Outcomes(Health health, Retirement retirement, Inquiries inquiries, Events events, Clock clock) {
        this.health = health;
        this.retirement = retirement;
        this.events = events;
        this.clock = clock;
        this.inquiries = inquiries;
        this.diagnosis = new Diagnosis(clock, inquiries);
    }

    /**
     * Where a writer is wanted and the roles are in doubt, whether this is one. The answer is among what the server has said at
     * the login already, or else costs a round trip; when the topology is fresh, nothing is asked.
     */
    void checkRole(ConnectPlan plan, Attempt attempt, Connection connection, Sequel.Choice then)
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
        Connector.close(connection);
        Finding finding = new Finding(
                Cause.OTHER_ROLE,
                "It is a reader, and a writer is wanted: a failover is likely under way. The agent looks for the new"
                        + " writer; try again.");
        SQLException cause = new SQLException("the server is read-only", "25006");
        tell(plan, attempt, finding, NO_CONNECTION, cause, then.after(true));
        throw new EndpointFailure(explained(attempt.endpoint(), attempt.user(), finding, NO_CONNECTION, cause), true);
    }

    void succeeded(ConnectPlan plan, Attempt attempt, Connection connection, long began) {
        DatabaseConfig config = plan.database().config();
        Line line = new DriversLine(plan.dialect(), attempt.socket());
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
        if (token != null) {
            inquiries.succeeded(token.request());
        }
        Lease lease = new Lease(
                connection,
                new DriversLine(dialect, attempt.socket()),
                database,
                attempt.endpoint(),
                now,
                deadline(database.config(), now, token));
        retirement.begin(connection, lease);
        health.proven(attempt.endpoint());
        database.outage().ended();
        tell(database, attempt, Outcome.SUCCESS, began, null);
        database.opened(attempt.endpoint());
        events.login(new Login(
                database.toString(),
                attempt.signingName().toString(),
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
    SQLException failed(ConnectPlan plan, Attempt attempt, long began, SQLException cause, Sequel.Choice then)
            throws EndpointFailure {
        Dialect dialect = plan.dialect();
        boolean refused = dialect.isTokenRefused(cause);
        boolean elsewhere =
                attempt.hasExpired() || attempt.stranger() != null || (!refused && dialect.isForAnotherEndpoint(cause));
        if (!elsewhere && !refused && attempt.withoutToken() == null) {
            tell(plan.database(), attempt, Outcome.OTHER, began, null);
            return cause;
        }
        Finding finding = diagnosis.of(cause, attempt, dialect);
        tell(plan.database(), attempt, outcome(attempt, refused), began, finding.toString());
        String state = state(attempt, cause);
        boolean outage = elsewhere && EndpointFailure.isOutage(finding.cause(), state);
        tell(plan, attempt, finding, state, cause, elsewhere ? then.after(outage) : Sequel.NONE);
        SQLException explained = explained(attempt.endpoint(), attempt.user(), finding, state, cause);
        if (elsewhere) {
            health.suspect(attempt.endpoint());
            plan.database().suspect();
            throw new EndpointFailure(explained, outage);
        }
        return explained;
    }

    /** A driver hides what the hook in it threw. */
    private static String state(Attempt attempt, SQLException cause) {
        if (attempt.withoutToken() != null) {
            return INVALID_AUTHORIZATION;
        }
        return attempt.stranger() == null ? cause.getSQLState() : NO_CONNECTION;
    }

    /** A try whose token was refused; another follows. */
    void refusedOnce(Database database, Attempt attempt, long began) {
        tell(database, attempt, Outcome.REFUSED, began, null);
    }

    private static Outcome outcome(Attempt attempt, boolean refused) {
        if (attempt.withoutToken() != null) {
            return Outcome.NO_TOKEN;
        }
        return refused ? Outcome.REFUSED : Outcome.UNREACHABLE;
    }

    private void tell(Database database, Attempt attempt, Outcome outcome, long began, String why) {
        events.attempted(new Attempted(
                database.toString(),
                attempt.endpoint().toString(),
                outcome,
                Duration.ofMillis(clock.millis() - began),
                why));
    }

    /** What the application is told when there is nothing to verify a certificate with. */
    SQLException withoutTrust(ConnectPlan plan, Endpoint endpoint, TrustException unusable) {
        Finding finding = new Finding(Cause.TLS, unusable.getMessage());
        Attempt none = new Attempt(endpoint, plan.user(endpoint), 0, null, null);
        SQLException cause = new SQLException(unusable);
        tell(plan, none, finding, NO_CONNECTION, cause, Sequel.NONE);
        return explained(endpoint, none.user(), finding, NO_CONNECTION, cause);
    }

    private void tell(
            ConnectPlan plan, Attempt attempt, Finding finding, String state, SQLException cause, Sequel then) {
        // Of one that nobody waits for, Spares tells.
        if (plan.isAhead()) {
            return;
        }
        Endpoint endpoint = attempt.endpoint();
        events.failedLogin(new FailedLogin(
                plan.database().toString(),
                endpoint.signingName().toString(),
                endpoint.toString(),
                attempt.user(),
                state,
                Words.of(cause),
                finding.cause(),
                finding.toString(),
                then.next == null ? null : then.next.toString(),
                then.wait.isZero() ? null : then.wait,
                diagnosis.circumstances(cause, attempt)));
    }

    private static SQLException explained(
            Endpoint endpoint, String user, Finding finding, String state, SQLException cause) {
        return new SQLException(
                "RDS JDBC Agent: no login to " + endpoint + " as " + (user == null ? "the driver's default user" : user)
                        + ". " + finding,
                state,
                cause.getErrorCode(),
                cause);
    }
}
