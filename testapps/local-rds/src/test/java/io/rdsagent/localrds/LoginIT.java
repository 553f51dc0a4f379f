package io.rdsagent.localrds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("quick")
@ParameterizedClass
@EnumSource(names = {"INSTALLED", "BUNDLED"})
class LoginIT {

    private static final String SESSION_TOKEN = "IQoJb3JpZ2luX2Vj+/=".repeat(90);

    private static LocalRds rds;

    @Parameter
    private Postgres postgres;

    @BeforeParameterizedClassInvocation
    static void start(Postgres which) throws IOException {
        assumeTrue(
                which == Postgres.BUNDLED || PostgresBinaries.installed("").isPresent(), "No PostgreSQL is installed");
        rds = LocalRds.builder()
                .postgres(which)
                .nodes(2)
                .credentials("AKIAUSER", "secret")
                .credentials("ASIASESSION", "session-secret", SESSION_TOKEN)
                .strangerCertificate(2)
                .start();
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (rds != null) {
            rds.close();
        }
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    @Test
    void aTokenLogsInWithTheNameVerified() throws Exception {
        String host = rds.writer().host();

        assertThat(LoginProbe.logIn(rds, host, Client.token(rds, host))).isEqualTo("orders-1");
        assertThat(rds.log().logins()).singleElement().satisfies(login -> {
            assertThat(login.verdict()).isEqualTo(Verdict.ACCEPTED);
            assertThat(login.node()).isEqualTo("orders-1");
            assertThat(login.user()).isEqualTo("app");
            assertThat(login.tokenAge()).isLessThan(Duration.ofMinutes(1));
            assertThat(login.clientAddress().isPresent()).isEqualTo(postgres == Postgres.BUNDLED);
        });
    }

    @Test
    void theClustersNameLeadsToTheWriterAndItsTokenIsAcceptedThere() throws Exception {
        String host = rds.clusterHost();

        assertThat(LoginProbe.logIn(rds, host, Client.token(rds, host))).isEqualTo("orders-1");
    }

    @Test
    void aStrangersCertificateIsNotTrusted() throws Exception {
        String host = rds.node(2).host();

        assertThat(LoginProbe.logIn(rds, host, Client.token(rds, host))).isEqualTo("08006");
        assertThat(rds.log().logins()).isEmpty();
    }

    @Test
    void aTokenWithASessionTokenOfTwoThousandCharactersLogsIn() throws SQLException {
        Node writer = rds.writer();
        AwsKey key = new AwsKey("ASIASESSION", "session-secret", Optional.of(SESSION_TOKEN));
        String token = Sdk.token(key, rds.region(), writer.host(), rds.port(), "app");

        assertThat(token).hasSizeGreaterThan(2_000);
        try (Connection connection = Client.logIn(rds, writer, token, "verify-ca")) {
            assertThat(Client.column(connection, "SELECT current_user")).containsExactly("app");
        }
    }

    @Test
    void aTokenForAnotherNodeIsRefused() {
        assertRefused(Client.token(rds, rds.node(2).host()), Verdict.WRONG_HOST);
    }

    @Test
    void anExpiredTokenIsRefused() {
        Instant then = Instant.now().minus(Duration.ofMinutes(16));
        String token = Sdk.tokenOf(then, rds.key(), rds.region(), rds.writer().host(), rds.port(), "app");

        assertRefused(token, Verdict.EXPIRED);
    }

    @Test
    void aPasswordIsRefused() {
        assertRefused("secret", Verdict.NOT_A_TOKEN);
    }

    private static void assertRefused(String password, Verdict verdict) {
        assertThatThrownBy(() -> Client.logIn(rds, rds.writer(), password, "verify-ca"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"))
                .hasMessageContaining("authentication failed for user \"app\"");
        assertThat(rds.log().logins())
                .isNotEmpty()
                .allSatisfy(login -> assertThat(login.verdict()).isEqualTo(verdict));
    }

    @Test
    void aGoodTokenIsRefusedWithoutTls() {
        String token = Client.token(rds, rds.writer().host());

        assertThatThrownBy(() -> Client.logIn(rds, rds.writer(), token, "disable"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28000"))
                .hasMessageContaining("no encryption");
        assertThat(rds.log().with(Verdict.ACCEPTED)).isEmpty();
    }

    @Test
    void aRunningStatementCanBeCancelled() throws Exception {
        try (Connection connection = Client.logIn(rds, rds.writer());
                Statement statement = connection.createStatement()) {
            CompletableFuture<Boolean> query = CompletableFuture.supplyAsync(() -> execute(statement));
            Awaitility.await()
                    .until(() -> rds.admin(
                                    rds.writer(),
                                    "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'"
                                            + " AND state = 'active' AND usename = 'app'")
                            .get(0)
                            .get(0)
                            .equals("1"));

            statement.cancel();

            assertThat(query)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableThat()
                    .withMessageContaining("cancel");
        }
    }

    private static boolean execute(Statement statement) {
        try {
            return statement.execute("SELECT pg_sleep(60)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void manyRowsComeThroughWhole() throws SQLException {
        try (Connection connection = Client.logIn(rds, rds.writer())) {
            assertThat(Client.column(connection, "SELECT repeat('x', 100) || n FROM generate_series(1, 20000) n"))
                    .hasSize(20_000)
                    .last()
                    .asString()
                    .endsWith("x20000");
        }
    }
}
