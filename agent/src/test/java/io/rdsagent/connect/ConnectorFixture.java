package io.rdsagent.connect;

import io.rdsagent.driver.Dialects;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Discoveries;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Health;
import io.rdsagent.endpoint.Probe;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import io.rdsagent.lease.Alignment;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.Retirement;
import io.rdsagent.lease.Spares;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenException;
import io.rdsagent.token.TokenSource;
import java.net.Socket;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import javax.net.ssl.SSLSocketFactory;

/** A connector over a driver that does as it is told, in time that passes when it is told to. */
abstract class ConnectorFixture {

    static final String ONE = "orders-1.abcdefghijkl.eu-west-1.rds.amazonaws.com:5432";
    static final String TWO = "orders-2.abcdefghijkl.eu-west-1.rds.amazonaws.com:5432";
    static final String URL = "jdbc:postgresql://" + ONE + "," + TWO + "/orders";

    final VirtualTime time = new VirtualTime();
    final RecordedEvents events = new RecordedEvents();
    final Leases leases = new Leases(time, events);
    final Spares spares = new Spares(leases, time, time.timer(), events);
    final Retirement retirement = new Retirement(leases, spares, time, time.timer(), () -> 0, any -> {}, events);
    final Health health = new Health(
            new Probe((socket, name) -> {}, time.timer()), time, time.timer(), task -> {}, nothing(), events);
    final FakeDriver driver = new FakeDriver();
    final Properties info = new Properties();
    int signed;
    TokenException noToken;
    final Attempts attempts = new Attempts();
    final Connector connector = new Connector(
            attempts,
            new TokenSource(this::sign, time, Runnable::run),
            health,
            retirement,
            events,
            time,
            time.timer(),
            () -> 20);
    final Databases databases = new Databases(Configured.noAliases(time), () -> 0, database -> {});
    final Discoveries discoveries = new Discoveries(
            databases,
            health,
            new Alignment(leases, retirement, time),
            null,
            (asked, name) -> null,
            time,
            time.timer(),
            task -> {},
            events);

    final List<Integer> open() {
        return databases.known().stream()
                .map(Database::endpoints)
                .flatMap(List::stream)
                .map(Endpoint::open)
                .toList();
    }

    final List<String> notices() {
        return events.notices.stream().map(notice -> notice.text).toList();
    }

    final Connection connect(String settings, String url) throws SQLException {
        return new ConnectInterceptor(
                        Configured.config(settings),
                        Dialects.all(),
                        databases,
                        connector,
                        spares,
                        discoveries,
                        time.timer(),
                        events)
                .at(new Object[] {driver, url, info});
    }

    private Token sign(io.rdsagent.token.TokenRequest request) throws TokenException {
        if (noToken != null) {
            throw noToken;
        }
        return new Token(request, "token-" + ++signed, "the test", time.instant(), null, null);
    }

    private static Health.Consequence nothing() {
        return new Health.Consequence() {
            @Override
            public void silent(Database database, Endpoint endpoint) {}

            @Override
            public void dead(Database database, Endpoint endpoint) {}
        };
    }

    interface CalledBack {
        void run() throws SQLException;
    }

    /** Asks for a password as the woven driver does, and fails as it is told to. */
    public final class FakeDriver implements Driver {

        final List<String> urls = new ArrayList<>();
        final List<Properties> settings = new ArrayList<>();
        final List<String> passwords = new ArrayList<>();
        final List<Duration> bounds = new ArrayList<>();
        final List<Connection> connections = new ArrayList<>();
        final List<SQLException> failures = new ArrayList<>();
        Duration takes = Duration.ZERO;
        RuntimeException fault;
        /** Whether it has the place where the agent gives it the token. */
        boolean asks = true;

        String known = "sslmode";
        CalledBack calledBack = () -> {};
        Runnable loggedIn = () -> {};

        /** As pgjdbc's, which is asked what a URL means. */
        public static Properties parseURL(String url, Properties info) {
            return org.postgresql.Driver.parseURL(url, info);
        }

        @Override
        public Connection connect(String url, Properties properties) throws SQLException {
            urls.add(url);
            settings.add(properties);
            bounds.add(time.waiting().get(0));
            calledBack.run();
            if (fault != null) {
                throw fault;
            }
            passwords.add(asks ? password(properties.getProperty("user", "chosen")) : given(properties));
            time.pass(takes);
            if (!failures.isEmpty()) {
                throw failures.remove(0);
            }
            connections.add(new FakeConnection().physical());
            loggedIn.run();
            return connections.get(connections.size() - 1);
        }

        private String given(Properties properties) throws SQLException {
            String password = properties.getProperty("password");
            if (password == null) {
                throw new SQLException("no password was provided", "08004");
            }
            return password;
        }

        private String password(String user) throws SQLException {
            try (Socket secured = SSLSocketFactory.getDefault().createSocket()) {
                return connector.current().password(user, secured);
            } catch (java.io.IOException impossible) {
                throw new IllegalStateException(impossible);
            }
        }

        @Override
        public boolean acceptsURL(String url) {
            return true;
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
            return new DriverPropertyInfo[] {new DriverPropertyInfo(known, null)};
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 2;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
