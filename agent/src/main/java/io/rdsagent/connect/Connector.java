package io.rdsagent.connect;

import io.rdsagent.config.Config;
import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.driver.AskedTls;
import io.rdsagent.driver.Call;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Health;
import io.rdsagent.event.Events;
import io.rdsagent.lease.Retirement;
import io.rdsagent.tls.TrustException;
import io.rdsagent.token.TokenSource;
import java.io.File;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import javax.net.ssl.SSLSocketFactory;

/** Makes one physical connection: tries the endpoints of a plan in turn, within the login timeout. */
public final class Connector {

    /** Where the application names no login timeout; nothing here waits without a limit. */
    private static final long TIMEOUT_MILLIS = 30_000;

    /** However many endpoints are left to try, one gets this part of the time: a login is to be possible in it. */
    private static final int MOST_SHARES = 4;

    private final Attempts attempts;
    private final Once once;
    private final Trusts trusts;
    private final OuterOnly outerOnly;
    private final Tokens tokens;
    private final Outcomes outcomes;
    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final IntSupplier loginTimeout;

    /**
     * @param attempts where those under way are noted
     * @param loginTimeout what the application told the JDBC layer, in seconds; 0 for nothing
     */
    public Connector(
            Attempts attempts,
            TokenSource source,
            Health health,
            Retirement retirement,
            Events events,
            Clock clock,
            ScheduledExecutorService timer,
            IntSupplier loginTimeout) {
        this.attempts = attempts;
        this.once = new Once(events);
        this.trusts = new Trusts(once);
        this.outerOnly = new OuterOnly(once);
        this.tokens = new Tokens(source, System::getenv);
        this.outcomes = new Outcomes(health, retirement, new Inquiries(source, clock), events, clock);
        this.clock = clock;
        this.timer = timer;
        this.loginTimeout = loginTimeout;
    }

    DriversChoice driversChoice(Config config, Databases databases, LeftAlone said) {
        return new DriversChoice(config, databases, attempts, trusts, tokens, outcomes, said, clock);
    }

    /** Null where none of its attempts is under way on this thread. */
    Attempt current() {
        return attempts.current();
    }

    boolean isConnecting() {
        return attempts.current() != null || attempts.sessions() != null;
    }

    /** A server has refused the login that this thread is in, whoever has begun it. */
    void loginRefused() {
        tokens.rejectSent();
    }

    /** @throws SQLException with what failed and what to do, when no endpoint gave a connection */
    Connection connect(ConnectPlan plan) throws SQLException {
        long end = clock.millis() + timeout(plan);
        FailoverWait wait = new FailoverWait(plan, end, clock);
        List<Endpoint> order = plan.order();
        while (true) {
            List<Endpoint> fit = plan.database().fit();
            try {
                return tryAll(plan, order, end, wait);
            } catch (EndpointFailure failure) {
                if (!wait.await(failure, fit)) {
                    throw failure.forTheApplication();
                }
            }
            order = plan.database().balancer().order();
        }
    }

    /** @param inOrder those to try, at least one; the first is counted as opened */
    private Connection tryAll(ConnectPlan plan, List<Endpoint> inOrder, long end, FailoverWait wait)
            throws SQLException, EndpointFailure {
        EndpointFailure last = null;
        List<Endpoint> order = new ArrayList<>(inOrder);
        for (int i = 0; i < order.size() && (i == 0 || clock.millis() < end); i++) {
            Endpoint endpoint = order.get(i);
            if (i > 0) {
                endpoint.opened();
            }
            try {
                return tryTwice(
                        plan,
                        endpoint,
                        clock.millis() + (end - clock.millis()) / Math.min(order.size() - i, MOST_SHARES),
                        then(plan, order, i + 1, end, wait));
            } catch (EndpointFailure failure) {
                last = failure;
            } finally {
                endpoint.closed();
            }
        }
        throw last;
    }

    /** @param plan of the agent's own */
    Connection connectForTheAgent(ConnectPlan plan, long millis) throws SQLException {
        try {
            return tryTwice(plan, plan.order().get(0), clock.millis() + millis, any -> Sequel.NONE);
        } catch (EndpointFailure failure) {
            throw failure.forTheApplication();
        }
    }

    /** Asked when the one before has failed: what is left of the time then says whether there is another. */
    private Sequel.Choice then(ConnectPlan plan, List<Endpoint> order, int number, long end, FailoverWait wait) {
        return isOutage -> {
            addNew(plan, order, number);
            return number < order.size() && clock.millis() < end
                    ? Sequel.trying(order.get(number))
                    : Sequel.waiting(wait.left(isOutage));
        };
    }

    /** Those that have come to serve since the order was made are tried next: they may have taken the place of the others. */
    private static void addNew(ConnectPlan plan, List<Endpoint> order, int number) {
        for (Endpoint serving : plan.database().endpoints()) {
            if (serving.isFit() && !order.contains(serving)) {
                order.add(number, serving);
            }
        }
    }

    private long timeout(ConnectPlan plan) {
        if (plan.wish().loginTimeoutMillis() > 0) {
            return plan.wish().loginTimeoutMillis();
        }
        int seconds = loginTimeout.getAsInt();
        return seconds > 0 ? seconds * 1000L : TIMEOUT_MILLIS;
    }

    /**
     * A token that was refused is signed again once: its credentials may have been renewed since. A driver that never
     * asked for one gets it with its properties.
     */
    private Connection tryTwice(ConnectPlan plan, Endpoint endpoint, long until, Sequel.Choice then)
            throws SQLException, EndpointFailure {
        Attempt attempt = attempt(plan, endpoint, until);
        long began = clock.millis();
        try {
            return open(plan, attempt, then);
        } catch (SQLException refused) {
            if (outerOnly.isLikely(plan, attempt, refused)) {
                outerOnly.add(plan.driver());
            } else if (attempt.token() != null && plan.dialect().isTokenRefused(refused)) {
                tokens.reject(attempt.token());
                outcomes.refusedOnce(plan.database(), attempt, began);
            } else {
                throw outcomes.failed(plan, attempt, began, refused, then);
            }
        }
        Attempt second = attempt(plan, endpoint, until);
        long beganAgain = clock.millis();
        try {
            return open(plan, second, then);
        } catch (SQLException again) {
            outerOnly.remove(plan.driver());
            throw outcomes.failed(plan, second, beganAgain, again, then);
        }
    }

    private Attempt attempt(ConnectPlan plan, Endpoint endpoint, long until) throws SQLException {
        String user = plan.user(endpoint);
        if (!plan.isIam(endpoint)) {
            return new Attempt(endpoint, user, until - clock.millis(), null, null);
        }
        DatabaseConfig config = plan.database().config();
        HostPort name = endpoint.signingName();
        sayWhatIsRaised(plan);
        long given = until - clock.millis();
        SigningNames names = signingNames(endpoint);
        try {
            SSLSocketFactory tls = trusts.factory(
                    config, plan.tls(), plan.wish().hasOwnTrust(), name.host(), tokens.region(config, name), names);
            return new Attempt(
                    endpoint,
                    user,
                    until - clock.millis(),
                    tls,
                    (signed, drivers) -> tokens.token(config, signed, drivers, forToken(until, given)),
                    names);
        } catch (TrustException unusable) {
            throw outcomes.withoutTrust(plan, endpoint, unusable);
        }
    }

    /** Null where the name is known without the certificate. */
    static SigningNames signingNames(Endpoint endpoint) {
        return endpoint.signingNames().isEmpty() ? null : new SigningNames(endpoint.signingNames());
    }

    private void sayWhatIsRaised(ConnectPlan plan) {
        AskedTls asked = plan.wish().askedTls();
        TlsMode configured = plan.database().config().tls();
        if (asked != null && asked.isWeakerThan(configured)) {
            once.info(plan.database() + ": the application asks for " + asked + ", and gets "
                    + configured.name().toLowerCase(Locale.ROOT).replace('_', '-')
                    + ": a token is worth a password and must not reach anybody but the database. Nothing needs to be"
                    + " done; `tls` says how much is verified.");
        }
    }

    /**
     * Of what is left, all but a tenth: who waits for a token in vain is to be told so, not that the time is up. A login
     * that the driver makes by itself, long after, has its time anew.
     */
    private Duration forToken(long until, long given) {
        long left = until - clock.millis();
        return Duration.ofMillis(Math.max(1, (left > 0 ? left : given) * 9 / 10));
    }

    private Connection open(ConnectPlan plan, Attempt attempt, Sequel.Choice then)
            throws SQLException, EndpointFailure {
        boolean isOuterOnly = attempt.isIam() && outerOnly.has(plan.driver());
        Call plain = call(plan, attempt);
        Call call = isOuterOnly ? outerOnly.withToken(plan, attempt, plain) : plain;
        long began = clock.millis();
        Future<?> bound = timer.schedule(attempt::expire, attempt.givenMillis(), TimeUnit.MILLISECONDS);
        Connection connection;
        try {
            connection = attempts.during(attempt, () -> plan.driver().connect(call.url(), call.info()));
        } catch (SQLException failure) {
            // A driver that gave up waiting for a thread of its own has left that thread with the socket.
            attempt.close();
            throw failure;
        } catch (RuntimeException | LinkageError fault) {
            attempt.close();
            if (DriversFault.is(fault)) {
                throw new DriversFault(fault);
            }
            throw fault;
        } finally {
            bound.cancel(false);
            tokens.forgetSent();
        }
        if (connection != null && attempt.hasExpired()) {
            // Its socket was closed as the driver was done with it.
            close(connection);
            throw new SQLException("the time for the login is up", Outcomes.NO_CONNECTION);
        }
        if (connection != null) {
            if (isOuterOnly) {
                outerOnly.served(plan, attempt);
            }
            if (plan.own() != null) {
                attempt.succeeded(null);
                plan.own().accept(attempt.socket());
            } else {
                outcomes.checkRole(plan, attempt, connection, then);
                outcomes.succeeded(plan, attempt, connection, began);
            }
        }
        return connection;
    }

    static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException alreadyGone) {
            // As it should be.
        }
    }

    private static Call call(ConnectPlan plan, Attempt attempt) {
        File ca = plan.database().config().tlsCa();
        TlsMode tls = attempt.isIam() ? plan.tls() : null;
        // The driver knows one name; which of several it is, the attempt verifies.
        TlsMode drivers = attempt.waitsForCertificate() && tls == TlsMode.VERIFY_FULL ? TlsMode.VERIFY_CA : tls;
        Call call = plan.dialect().call(plan.wish(), attempt.signingName(), attempt.user(), drivers);
        // For a driver that has no place for the agent's own TLS; one that has never looks at it.
        return tls == null || ca == null ? call : call.with(plan.dialect().trusting(ca));
    }
}
