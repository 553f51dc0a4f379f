package io.rdsagent.localrds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mysql.cj.jdbc.JdbcConnection;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@CsvSource({"MYSQL, 8.0", "MARIADB, 10.11", "MARIADB, 11.4"})
class MysqlLoginIT {

    private static final String SESSION_TOKEN = "IQoJb3JpZ2luX2Vj+/=".repeat(90);

    private static LocalRds rds;

    @Parameter(0)
    private Engine engine;

    @Parameter(1)
    private String version;

    @BeforeParameterizedClassInvocation
    static void start(Engine engine, String version) throws IOException {
        Servers.assumeAvailable(engine, version);
        rds = LocalRds.builder()
                .engine(engine)
                .version(version)
                .nodes(1)
                .credentials("AKIAUSER", "secret")
                .credentials("ASIASESSION", "session-secret", SESSION_TOKEN)
                .start();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (rds != null) {
            rds.close();
            rds = null;
        }
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    @ParameterizedTest
    @EnumSource
    void aTokenLogsIn(MysqlClient client) throws SQLException {
        try (Connection connection = client.logIn(rds, rds.writer())) {
            assertThat(Client.column(connection, "SELECT current_user()")).containsExactly("app@%");
            assertThat(Client.column(connection, "SELECT @@report_host")).containsExactly("orders-1");
            assertThat(connection.getMetaData().getDatabaseProductVersion()).contains(version + ".");
        }
        assertThat(rds.log().logins()).singleElement().satisfies(login -> {
            assertThat(login.verdict()).isEqualTo(Verdict.ACCEPTED);
            assertThat(login.node()).isEqualTo("orders-1");
            assertThat(login.user()).isEqualTo("app");
            assertThat(login.tokenAge()).isLessThan(Duration.ofMinutes(1));
            assertThat(login.clientAddress()).isPresent();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aTokenLogsInWithTheNameVerified(MysqlClient client) throws Exception {
        String host = rds.clusterHost();

        assertThat(LoginProbe.logIn(rds, client, host, Client.token(rds, host))).isEqualTo("orders-1");
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOfTwoThousandCharactersLogsIn(MysqlClient client) throws SQLException {
        AwsKey key = new AwsKey("ASIASESSION", "session-secret", Optional.of(SESSION_TOKEN));
        String token = Sdk.token(key, rds.region(), rds.writer().host(), rds.port(), "app");

        assertThat(token).hasSizeGreaterThan(2_000);
        try (Connection connection = client.logIn(rds, rds.writer(), token, client.tls(rds, false))) {
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExpiredTokenIsRefused(MysqlClient client) {
        Instant then = Instant.now().minus(Duration.ofMinutes(16));
        String token = Sdk.tokenOf(then, rds.key(), rds.region(), rds.writer().host(), rds.port(), "app");

        assertRefused(client, token, client.tls(rds, false), Verdict.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenForAnotherNodeIsRefused(MysqlClient client) {
        String token = Client.token(rds, rds.writer().host().replace("-1.", "-2."));

        assertRefused(client, token, client.tls(rds, false), Verdict.WRONG_HOST);
    }

    @ParameterizedTest
    @EnumSource
    void aPasswordIsRefused(MysqlClient client) {
        assertRefused(client, "secret", client.tls(rds, false), Verdict.NOT_A_TOKEN);
    }

    @ParameterizedTest
    @EnumSource
    void aGoodTokenIsRefusedWithoutTls(MysqlClient client) {
        assertRefused(client, Client.token(rds, rds.writer().host()), client.plain(), Verdict.NO_TLS);
    }

    private static void assertRefused(
            MysqlClient client, String password, Map<String, String> settings, Verdict verdict) {
        assertThatThrownBy(() -> client.logIn(rds, rds.writer(), password, settings))
                .isInstanceOfSatisfying(SQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("28000");
                    assertThat(e.getErrorCode()).isEqualTo(1045);
                })
                .hasMessageContaining("Access denied for user 'app'@'127.")
                .hasMessageContaining("(using password: YES)");
        assertThat(rds.log().logins())
                .isNotEmpty()
                .allSatisfy(login -> assertThat(login.verdict()).isEqualTo(verdict));
    }

    @Test
    void aUserOfAPasswordLogsInAtTheSamePort() throws SQLException {
        Map<String, String> settings = MysqlClient.CONNECTOR_J.tls(rds, false);
        rds.admin(rds.writer(), "CREATE USER clerk IDENTIFIED BY 'counter'".replace("BY", identifiedBy()));
        rds.admin(rds.writer(), "GRANT SELECT ON orders.* TO clerk");
        Properties properties = new Properties();
        properties.putAll(settings);
        properties.setProperty("user", "clerk");
        properties.setProperty("password", "counter");
        String url = MysqlClient.CONNECTOR_J.url(rds, rds.writer().address());
        try (Connection connection = DriverManager.getConnection(url, properties)) {
            assertThat(Client.column(connection, "SELECT current_user()")).containsExactly("clerk@%");
        }
        assertThat(rds.log().logins()).isEmpty();
    }

    private String identifiedBy() {
        return engine == Engine.MYSQL ? "WITH mysql_native_password BY" : "BY";
    }

    @Test
    void aChangeOfUserAsksForATokenAgain() throws SQLException {
        Node writer = rds.writer();
        try (Connection connection = MysqlClient.CONNECTOR_J.logIn(rds, writer)) {
            JdbcConnection mysql = connection.unwrap(JdbcConnection.class);
            Client.column(connection, "SELECT @mine := 7");

            mysql.changeUser("app", Client.token(rds, writer.host()));

            assertThat(Client.column(connection, "SELECT @mine")).containsExactly((String) null);
            assertThat(rds.log().with(Verdict.ACCEPTED)).hasSize(2);
            assertThatThrownBy(() -> mysql.changeUser("app", "secret"))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            e -> assertThat(e.getErrorCode()).isEqualTo(1045));
            assertThat(rds.log().with(Verdict.NOT_A_TOKEN)).hasSize(1);
        }
    }

    @Test
    void aResetKeepsTheLogin() throws SQLException {
        try (Connection connection = MysqlClient.CONNECTOR_J.logIn(rds, rds.writer())) {
            Client.column(connection, "SELECT @mine := 7");

            connection.unwrap(JdbcConnection.class).resetServerState();

            assertThat(Client.column(connection, "SELECT @mine")).containsExactly((String) null);
            assertThat(rds.log().with(Verdict.ACCEPTED)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aStatementThatTakesTooLongIsKilled(MysqlClient client) throws SQLException {
        try (Connection connection = client.logIn(rds, rds.writer());
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);

            assertThatThrownBy(() -> statement.executeQuery(
                            "SELECT count(*) FROM information_schema.columns a, information_schema.columns b,"
                                    + " information_schema.columns c, information_schema.columns d"))
                    .isInstanceOf(SQLException.class);
            assertThat(Client.column(connection, "SELECT 1")).containsExactly("1");
        }
    }

    @ParameterizedTest
    @EnumSource
    void muchComesThroughWholeBothWays(MysqlClient client) throws SQLException {
        byte[] parcel = new byte[5_000_000];
        new Random(7).nextBytes(parcel);
        try (Connection connection = client.logIn(rds, rds.writer());
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE parcel (id INT, body LONGBLOB)");
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO parcel VALUES (?, ?)")) {
                insert.setInt(1, 7);
                insert.setBytes(2, parcel);
                insert.executeUpdate();
            }
            try (ResultSet result = statement.executeQuery("SELECT body FROM parcel WHERE id = 7")) {
                result.next();
                assertThat(result.getBytes(1)).isEqualTo(parcel);
            }
            assertThat(Client.column(
                            connection,
                            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000)"
                                    + " SELECT repeat('x', 1000) FROM n a, n b WHERE b.i <= 20"))
                    .hasSize(20_000)
                    .last()
                    .asString()
                    .hasSize(1_000);
        }
    }

    @Test
    void statementsPreparedByTheServerWork() throws SQLException {
        Map<String, String> settings = new HashMap<>(MysqlClient.CONNECTOR_J.tls(rds, false));
        settings.put("useServerPrepStmts", "true");
        String token = Client.token(rds, rds.writer().host());
        try (Connection connection = MysqlClient.CONNECTOR_J.logIn(rds, rds.writer(), token, settings);
                PreparedStatement statement = connection.prepareStatement("SELECT ? + ?")) {
            for (int i = 0; i < 3; i++) {
                statement.setInt(1, i);
                statement.setInt(2, 10);
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    assertThat(result.getInt(1)).isEqualTo(i + 10);
                }
            }
        }
    }
}
