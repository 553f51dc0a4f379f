package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rdsagent.driver.Dialects;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Health;
import io.rdsagent.endpoint.Probe;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.Retirement;
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
import org.junit.jupiter.api.Test;

class ConnectorTest {

    private static final String ONE = "orders-1.abcdefghijkl.eu-west-1.rds.amazonaws.com:5432";
    private static final String TWO = "orders-2.abcdefghijkl.eu-west-1.rds.amazonaws.com:5432";
    private static final String URL = "jdbc:postgresql://" + ONE + "," + TWO + "/orders";

    private final VirtualTime time = new VirtualTime();
    private final RecordedEvents events = new RecordedEvents();
    private final Leases leases = new Leases(time, events);
    private final Retirement retirement = new Retirement(leases, time, time.timer(), () -> 0, any -> {}, events);
    private final Health health = new Health(
            new Probe((socket, name) -> {}, time.timer()), time, time.timer(), task -> {}, nothing(), events);
    private final FakeDriver driver = new FakeDriver();
    private final Properties info = new Properties();
    private int signed;
    private TokenException noToken;
    private final Connector connector = new Connector(
            new TokenSource(this::sign, time, Runnable::run), health, retirement, events, time, time.timer(), () -> 20);
    private final Databases databases = new Databases(Configured.noAliases(time), () -> 0, database -> {});

    @Test
    void aConnectionIsMadeToTheFirstEndpointWithAToken() throws SQLException {
        info.setProperty("user", "app");

        Connection connection = connect("iam=auto", URL);

        assertThat(connection).isSameAs(driver.connections.get(0));
        assertThat(driver.urls).containsExactly("jdbc:postgresql://" + ONE + "/orders");
        assertThat(driver.passwords).containsExactly("token-1");
        assertThat(open()).containsExactly(1, 0);
        assertThat(leases.of(connection).deadline()).isEqualTo(time.millis() + 14 * 60_000);
        assertThat(events.logins).singleElement().satisfies(login -> {
            assertThat(login.user).isEqualTo("app");
            assertThat(login.endpoint).isEqualTo(ONE);
            assertThat(login.identity).isEqualTo("the test");
        });
    }

    @Test
    void whatAnotherEndpointMayCureGoesToTheNext() throws SQLException {
        driver.failures.add(new SQLException("starting up", "57P03"));

        connect("iam=auto", URL);

        assertThat(driver.urls)
                .containsExactly("jdbc:postgresql://" + ONE + "/orders", "jdbc:postgresql://" + TWO + "/orders");
        assertThat(open()).containsExactly(0, 1);
        assertThat(events.failedLogins)
                .singleElement()
                .satisfies(failure -> assertThat(failure.next).isEqualTo(TWO));
    }

    @Test
    void whenNoneGivesAConnectionTheApplicationGetsTheDriversStateAndWhatToDo() {
        driver.failures.add(new SQLException("starting up", "57P03", 7));
        driver.failures.add(new SQLException("too many", "53300", 8));

        SQLException failure = catchThrowableOfType(SQLException.class, () -> connect("iam=auto;user=app", URL));

        assertThat(failure.getSQLState()).isEqualTo("53300");
        assertThat(failure.getErrorCode()).isEqualTo(8);
        assertThat((Throwable) failure)
                .hasMessageContaining(TWO)
                .hasMessageContaining("too many")
                .hasMessageContaining("Check");
        assertThat(failure.getCause()).hasMessage("too many");
        assertThat(open()).containsExactly(0, 0);
    }

    @Test
    void aFailureThatIsNoMatterOfOursIsTheDriversOwn() {
        SQLException own = new SQLException("no such database", "3D000");
        driver.failures.add(own);

        assertThatThrownBy(() -> connect("iam=auto", URL)).isSameAs(own);
        assertThat(driver.urls).hasSize(1);
        assertThat(open()).containsExactly(0, 0);
        assertThat(events.failedLogins).isEmpty();
    }

    @Test
    void aFaultOfTheDriverLeavesNothingCounted() {
        driver.fault = new IllegalStateException("bug");

        assertThatThrownBy(() -> connect("iam=auto;on-error=pass", URL)).isSameAs(driver.fault);
        assertThat(open()).containsExactly(0, 0);
        assertThat(connector.isConnecting()).isFalse();
    }

    @Test
    void withOnErrorFailAFaultIsAnSqlExceptionThatSaysWhatToDo() {
        driver.fault = new IllegalStateException("bug");

        assertThatThrownBy(() -> connect("iam=auto;on-error=fail", URL))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("bug")
                .hasMessageContaining("on-error")
                .hasCause(driver.fault);
    }

    @Test
    void aRefusedTokenIsSignedAgainExactlyOnce() throws SQLException {
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));

        connect("iam=auto", URL);

        assertThat(driver.passwords).containsExactly("token-1", "token-2");
        assertThat(driver.urls).hasSize(2).containsOnly("jdbc:postgresql://" + ONE + "/orders");
        assertThat(open()).containsExactly(1, 0);
    }

    @Test
    void aTokenThatIsRefusedTwiceIsSaidAndTriedNowhereElse() {
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));

        assertThatThrownBy(() -> connect("iam=auto", URL))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("GRANT rds_iam TO chosen")
                .hasMessageNotContaining("null")
                .hasMessageNotContaining("token-2");
        assertThat(signed).isEqualTo(2);
        assertThat(open()).containsExactly(0, 0);
    }

    @Test
    void withoutATokenTheReasonReachesTheApplication() {
        noToken = new TokenException("There are no credentials.", "Set some.");

        assertThatThrownBy(() -> connect("iam=auto;user=app", URL))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("There are no credentials. Set some.")
                .satisfies(failure ->
                        assertThat(((SQLException) failure).getSQLState()).isEqualTo("28000"));
        assertThat(driver.urls).hasSize(1);
    }

    @Test
    void theLoginTimeoutBoundsTheWholeAlsoWhereATokenIsSignedAgain() throws SQLException {
        driver.failures.add(new SQLException("PAM authentication failed", "28000"));
        driver.takes = Duration.ofSeconds(8);

        connect("iam=auto", "jdbc:postgresql://" + ONE + "/orders");

        assertThat(driver.bounds).containsExactly(Duration.ofSeconds(20), Duration.ofSeconds(12));
    }

    @Test
    void eachEndpointHasItsShareOfTheTime() throws SQLException {
        driver.failures.add(new SQLException("starting up", "57P03"));
        driver.takes = Duration.ofSeconds(4);

        connect("iam=auto", URL);

        assertThat(driver.bounds).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(16));
    }

    @Test
    void theTimeoutOfTheUrlStandsAboveThatOfTheJdbcLayer() throws SQLException {
        connect("iam=auto", "jdbc:postgresql://" + ONE + "/orders?loginTimeout=5");

        assertThat(driver.bounds).containsExactly(Duration.ofSeconds(5));
    }

    @Test
    void whatIsNotOursIsNotTouched() throws SQLException {
        info.setProperty("user", "app");
        Properties before = (Properties) info.clone();

        assertThat(connect("iam=auto", "jdbc:postgresql://db.example.com/orders"))
                .isNull();
        assertThat(connect("iam=auto", "jdbc:mysql://" + ONE + "/orders")).isNull();
        assertThat(connect("iam=auto", null)).isNull();
        assertThat(info).isEqualTo(before);
        assertThat(driver.urls).isEmpty();
    }

    @Test
    void ourOwnCallOfTheDriverGoesOnUntouched() throws SQLException {
        driver.calledBack = () -> assertThat(connect("iam=auto", URL)).isNull();

        connect("iam=auto", URL);

        assertThat(driver.urls).hasSize(1);
    }

    private List<Integer> open() {
        return databases.known().stream()
                .map(Database::endpoints)
                .flatMap(List::stream)
                .map(Endpoint::open)
                .toList();
    }

    private Connection connect(String settings, String url) throws SQLException {
        return new ConnectInterceptor(Configured.config(settings), Dialects.all(), databases, connector, events)
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

    private interface CalledBack {
        void run() throws SQLException;
    }

    /** Asks for a password as the woven driver does, and fails as it is told to. */
    public final class FakeDriver implements Driver {

        final List<String> urls = new ArrayList<>();
        final List<String> passwords = new ArrayList<>();
        final List<Duration> bounds = new ArrayList<>();
        final List<Connection> connections = new ArrayList<>();
        final List<SQLException> failures = new ArrayList<>();
        Duration takes = Duration.ZERO;
        RuntimeException fault;
        CalledBack calledBack = () -> {};

        /** As pgjdbc's, which is asked what a URL means. */
        public static Properties parseURL(String url, Properties info) {
            return org.postgresql.Driver.parseURL(url, info);
        }

        @Override
        public Connection connect(String url, Properties properties) throws SQLException {
            urls.add(url);
            bounds.add(time.waiting().get(0));
            calledBack.run();
            if (fault != null) {
                throw fault;
            }
            passwords.add(password(properties.getProperty("user", "chosen")));
            time.pass(takes);
            if (!failures.isEmpty()) {
                throw failures.remove(0);
            }
            connections.add(new FakeConnection().physical());
            return connections.get(connections.size() - 1);
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
            return new DriverPropertyInfo[0];
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
