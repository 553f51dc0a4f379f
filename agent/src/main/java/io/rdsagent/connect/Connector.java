package io.rdsagent.connect;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.driver.Call;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Logins;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Health;
import io.rdsagent.event.Events;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.Login;
import io.rdsagent.lease.Lease;
import io.rdsagent.lease.Retirement;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLSocketFactory;

/** Makes one physical connection: tries the endpoints of a plan in turn, within the login timeout. */
public final class Connector {

    /** Where the application names no login timeout; nothing here waits without a limit. */
    private static final long TIMEOUT_MILLIS = 30_000;
    /** Said where there was no token to send; pgjdbc makes 99999 of what it does not expect. */
    private static final String INVALID_AUTHORIZATION = "28000";

    private final Attempts attempts = new Attempts();
    private final Trusts trusts = new Trusts();
    private final Tokens tokens;
    private final Health health;
    private final Retirement retirement;
    private final Events events;
    private final Clock clock;
    private final Diagnosis diagnosis;
    private final ScheduledExecutorService timer;
    private final IntSupplier loginTimeout;

    /** @param loginTimeout what the application told the JDBC layer, in seconds; 0 for nothing */
    public Connector(
            TokenSource source,
            Health health,
            Retirement retirement,
            Events events,
            Clock clock,
            ScheduledExecutorService timer,
            IntSupplier loginTimeout) {
        this.tokens = new Tokens(source, System::getenv);
        this.health = health;
        this.retirement = retirement;
        this.events = events;
        this.clock = clock;
        this.diagnosis = new Diagnosis(clock);
        this.timer = timer;
        this.loginTimeout = loginTimeout;
    }

    /** What the hooks inside the drivers ask. */
    public Logins logins() {
        return attempts;
    }

    boolean isConnecting() {
        return attempts.current() != null;
    }

    /** @throws SQLException with what failed and what to do, when no endpoint gave a connection */
    Connection connect(ConnectPlan plan) throws SQLException {
        long end = clock.millis() + timeout(plan);
        SQLException last = null;
        int count = plan.order().size();
        for (int i = 0; i < count && (i == 0 || clock.millis() < end); i++) {
            Endpoint endpoint = plan.order().get(i);
            if (i > 0) {
                endpoint.opened();
            }
            try {
                return tryTwice(plan, endpoint, (end - clock.millis()) / (count - i), next(plan, i));
            } catch (EndpointFailure failure) {
                last = failure.forTheApplication;
            } finally {
                endpoint.closed();
            }
        }
        throw last;
    }

    private static Endpoint next(ConnectPlan plan, int tried) {
        return tried + 1 < plan.order().size() ? plan.order().get(tried + 1) : null;
    }

    private long timeout(ConnectPlan plan) {
        if (plan.wish().loginTimeoutMillis() > 0) {
            return plan.wish().loginTimeoutMillis();
        }
        int seconds = loginTimeout.getAsInt();
        return seconds > 0 ? seconds * 1000L : TIMEOUT_MILLIS;
    }

    /** A token that was refused is signed again once: its credentials may have been renewed since. */
    private Connection tryTwice(ConnectPlan plan, Endpoint endpoint, long budgetMillis, Endpoint next)
            throws SQLException, EndpointFailure {
        Attempt attempt = attempt(plan, endpoint);
        try {
            return open(plan, attempt, budgetMillis);
        } catch (SQLException refused) {
            if (attempt.token() == null || !plan.dialect().isTokenRefused(refused)) {
                throw failure(plan, attempt, refused, budgetMillis, next);
            }
            tokens.reject(attempt.token());
        }
        Attempt second = attempt(plan, endpoint);
        try {
            return open(plan, second, budgetMillis);
        } catch (SQLException again) {
            throw failure(plan, second, again, budgetMillis, next);
        }
    }

    private Attempt attempt(ConnectPlan plan, Endpoint endpoint) throws SQLException {
        if (!plan.isIam(endpoint)) {
            return new Attempt(endpoint, null, user -> null);
        }
        DatabaseConfig config = plan.database().config();
        String region = tokens.region(config, endpoint.signingName());
        SSLSocketFactory tls =
                trusts.factory(config, plan.wish(), endpoint.signingName().host(), region);
        return new Attempt(endpoint, tls, user -> tokens.token(config, endpoint.signingName(), user));
    }

    private Connection open(ConnectPlan plan, Attempt attempt, long budgetMillis) throws SQLException {
        Endpoint endpoint = attempt.endpoint();
        Call call = plan.dialect()
                .call(
                        plan.wish(),
                        endpoint.signingName(),
                        plan.user(),
                        plan.isIam(endpoint) ? plan.database().config().tls() : null);
        long began = clock.millis();
        Future<?> bound = timer.schedule(attempt::expire, budgetMillis, TimeUnit.MILLISECONDS);
        Connection connection;
        try {
            connection = attempts.during(attempt, () -> plan.driver().connect(call.url(), call.info()));
        } catch (SQLException | RuntimeException | Error failure) {
            throw failure;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            bound.cancel(false);
        }
        if (connection != null) {
            opened(plan, attempt, connection, began);
        }
        return connection;
    }

    private void opened(ConnectPlan plan, Attempt attempt, Connection connection, long began) {
        long now = clock.millis();
        Token token = attempt.token();
        long deadline = retirement.deadline(
                plan.database().config(),
                now,
                token == null ? now : token.signedAt().toEpochMilli());
        retirement.begin(connection, new Lease(connection, plan.database(), attempt.endpoint(), now, deadline));
        health.proven(attempt.endpoint());
        events.login(new Login(
                plan.database().toString(),
                attempt.endpoint().signingName().toString(),
                attempt.endpoint().toString(),
                token == null ? plan.user() : token.request().user(),
                driver(plan),
                token == null ? null : token.signedBy(),
                token == null ? null : token.age(clock),
                Duration.ofMillis(now - began)));
    }

    private static String driver(ConnectPlan plan) {
        Package home = plan.driver().getClass().getPackage();
        String version = home == null ? null : home.getImplementationVersion();
        return plan.driver().getClass().getName() + " "
                + (version == null
                        ? plan.driver().getMajorVersion() + "." + plan.driver().getMinorVersion()
                        : version);
    }

    /**
     * What follows from a failed attempt: an {@link EndpointFailure} where the next endpoint is to be tried, the
     * driver's own exception where it is no matter of ours, and else one that says what to do.
     */
    private SQLException failure(
            ConnectPlan plan, Attempt attempt, SQLException cause, long budgetMillis, Endpoint next)
            throws EndpointFailure {
        Dialect dialect = plan.dialect();
        boolean refused = dialect.isTokenRefused(cause);
        boolean elsewhere = attempt.hasExpired() || (!refused && dialect.isForAnotherEndpoint(cause));
        if (!elsewhere && !refused && attempt.withoutToken() == null) {
            return cause;
        }
        Endpoint endpoint = attempt.endpoint();
        String text = diagnosis.of(cause, attempt, plan.user(), refused, budgetMillis);
        String state = attempt.withoutToken() == null ? cause.getSQLState() : INVALID_AUTHORIZATION;
        events.failedLogin(new FailedLogin(
                plan.database().toString(),
                endpoint.signingName().toString(),
                endpoint.toString(),
                plan.user(),
                state,
                text,
                elsewhere && next != null ? next.toString() : null));
        SQLException explained = new SQLException(
                "RDS JDBC Agent: no login to " + endpoint + " as " + plan.user() + ". " + text,
                state,
                cause.getErrorCode(),
                cause);
        if (elsewhere) {
            health.suspect(endpoint);
            throw new EndpointFailure(explained);
        }
        return explained;
    }

    /** This endpoint gave no connection; another may. */
    private static final class EndpointFailure extends Exception {

        private static final long serialVersionUID = 1;

        private final SQLException forTheApplication;

        EndpointFailure(SQLException forTheApplication) {
            super(forTheApplication);
            this.forTheApplication = forTheApplication;
        }
    }
}
