package io.rdsagent.connect;

import io.rdsagent.config.Config;
import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.driver.Call;
import io.rdsagent.driver.Dialect;
import io.rdsagent.driver.Logins;
import io.rdsagent.driver.Wish;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.tls.TrustException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import javax.net.ssl.SSLSocketFactory;

/**
 * A driver that chooses the host of each session by itself ({@code loadbalance:}, {@code replication:}, DNS SRV) goes on
 * doing so. Each of its logins to a host of ours gets a token of its own, also those that it makes long after the
 * connect; the connection that spans the sessions has one lease, which ends with the oldest of them.
 */
final class DriversChoice implements Logins {

    private static final Duration FOR_A_TOKEN = Duration.ofSeconds(27);

    private final Config config;
    private final Databases databases;
    private final Attempts attempts;
    private final Trusts trusts;
    private final Tokens tokens;
    private final Outcomes outcomes;
    private final LeftAlone said;
    private final Clock clock;

    DriversChoice(
            Config config,
            Databases databases,
            Attempts attempts,
            Trusts trusts,
            Tokens tokens,
            Outcomes outcomes,
            LeftAlone said,
            Clock clock) {
        this.config = config;
        this.databases = databases;
        this.attempts = attempts;
        this.trusts = trusts;
        this.tokens = tokens;
        this.outcomes = outcomes;
        this.said = said;
        this.clock = clock;
    }

    @Override
    public Login current() {
        return attempts.current();
    }

    @Override
    public Login to(HostPort host, String password, boolean ownTrust) throws SQLException {
        DatabaseConfig asked = config.forHost(host.host(), host.port());
        if (asked == null || Wish.isToken(password)) {
            return null;
        }
        Endpoint endpoint = endpoint(asked, host);
        if (!ConnectPlan.isIam(asked.iam(), Wish.isPassword(password), endpoint)) {
            return null;
        }
        Attempt attempt = attempt(asked, endpoint, ownTrust);
        Sessions sessions = attempts.sessions();
        if (sessions != null) {
            sessions.add(attempt);
        }
        return attempt;
    }

    @Override
    public TlsMode least(HostPort host) {
        return config.forHost(host.host(), host.port()).tls();
    }

    private Endpoint endpoint(DatabaseConfig asked, HostPort host) {
        return databases.chosen(asked, host).endpoints().get(0);
    }

    private Attempt attempt(DatabaseConfig asked, Endpoint endpoint, boolean ownTrust) throws SQLException {
        HostPort name = endpoint.signingName();
        try {
            SigningNames names = Connector.signingNames(endpoint);
            SSLSocketFactory tls =
                    trusts.factory(asked, asked.tls(), ownTrust, name.host(), tokens.region(asked, name), names);
            return new Attempt(
                    endpoint,
                    null,
                    FOR_A_TOKEN.toMillis(),
                    tls,
                    (signed, user) -> tokens.token(asked, signed, user, FOR_A_TOKEN),
                    names);
        } catch (TrustException unusable) {
            throw new SQLException(
                    "RDS JDBC Agent: no login to " + endpoint + ". " + unusable.getMessage(),
                    Outcomes.NO_CONNECTION,
                    unusable);
        }
    }

    /**
     * @param url the application's, as are the properties
     * @return null when it is none of ours
     */
    Connection connect(Driver driver, Dialect dialect, Wish wish, String url, Properties info) throws SQLException {
        HostPort ours = ours(wish);
        if (ours == null && !wish.hosts().isEmpty()) {
            return null;
        }
        Call call = ours == null ? new Call(url, info) : raised(dialect, wish, ours, url, info);
        if (call == null) {
            return null;
        }
        Sessions first = new Sessions();
        long began = clock.millis();
        try {
            return open(driver, dialect, wish, call, first);
        } catch (SQLException refused) {
            Attempt last = first.last();
            if (last == null || last.token() == null || !dialect.isTokenRefused(refused)) {
                throw explained(driver, dialect, wish, last, began, refused);
            }
            tokens.reject(last.token());
            outcomes.refusedOnce(database(last), last, began);
        }
        Sessions second = new Sessions();
        long beganAgain = clock.millis();
        try {
            return open(driver, dialect, wish, call, second);
        } catch (SQLException again) {
            throw explained(driver, dialect, wish, second.last(), beganAgain, again);
        }
    }

    private HostPort ours(Wish wish) {
        for (HostPort host : wish.hosts()) {
            if (config.forHost(host.host(), host.port()) != null) {
                return host;
            }
        }
        return null;
    }

    /** Null where the application's own password is meant. */
    private Call raised(Dialect dialect, Wish wish, HostPort ours, String url, Properties info) {
        DatabaseConfig asked = config.forHost(ours.host(), ours.port());
        return ConnectPlan.isIam(asked.iam(), wish.hasPassword(), endpoint(asked, ours))
                ? dialect.callBalancedBy(url, info, asked.user(), asked.tls())
                : null;
    }

    private Connection open(Driver driver, Dialect dialect, Wish wish, Call call, Sessions sessions)
            throws SQLException {
        long began = clock.millis();
        Connection connection = attempts.during(sessions, () -> driver.connect(call.url(), call.info()));
        Attempt oldest = sessions.oldest();
        if (connection != null && oldest != null) {
            Database database = database(oldest);
            said.balancedBy(database, wish.balancedBy());
            outcomes.succeededByItself(database, dialect, driver, oldest, connection, began);
            sessions.succeeded();
        }
        return connection;
    }

    private Database database(Attempt attempt) {
        HostPort host = attempt.endpoint().address();
        return databases.chosen(config.forHost(host.host(), host.port()), host);
    }

    private SQLException explained(
            Driver driver, Dialect dialect, Wish wish, Attempt last, long began, SQLException cause) {
        if (last == null) {
            return cause;
        }
        ConnectPlan plan = new ConnectPlan(driver, dialect, wish, database(last));
        try {
            return outcomes.failed(plan, last, began, cause, null);
        } catch (EndpointFailure none) {
            return none.forTheApplication();
        } finally {
            plan.order().get(0).closed();
        }
    }
}
