package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong before a MySQL, with its own and with MariaDB's drivers: one SQLException with a SQLState, and a sentence that says what to do. */
@Tag("timed")
class MysqlBadInputIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder()
                .engine(Engine.MYSQL)
                .nodes(2)
                .strangerCertificate(2)
                .start();
    }

    static List<String> drivers() {
        return List.of(
                "mysql-connector-java-5.1.49",
                "mysql-connector-java-8.0.13",
                "mysql-connector-j-26.10.0",
                "mariadb-java-client-1.8.0",
                "mariadb-java-client-2.7.12",
                "mariadb-java-client-4.0.0");
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void noCredentials(String driver) throws Exception {
        ForkedJvm jvm = connects(driver, rds.clusterHost(), rds.port())
                .environment("AWS_ACCESS_KEY_ID", "")
                .environment("AWS_SECRET_ACCESS_KEY", "")
                .environment("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
                .environment("AWS_CONFIG_FILE", "/nowhere")
                .run();

        assertFailed(jvm, "28000", "AWS_ACCESS_KEY_ID");
        assertThat(rds.log().with(Verdict.ACCEPTED)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void anotherRegion(String driver) throws Exception {
        ForkedJvm jvm = connects(driver, rds.clusterHost(), rds.port())
                .set("region", "us-west-2")
                .run();

        assertFailed(jvm, "28000", "for the region us-west-2", "Correct `region`");
        assertThat(withTokens()).hasSize(2).extracting(Login::verdict).containsOnly(Verdict.WRONG_REGION);
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void aTokenThatIsRefusedIsSignedAgainOnceAndNoMore(String driver) throws Exception {
        ForkedJvm jvm = connects(driver, rds.clusterHost(), rds.port())
                .environment("AWS_SECRET_ACCESS_KEY", "another")
                .run();

        assertFailed(jvm, "28000", "The server refused the token", "are the credentials good");
        assertThat(withTokens()).hasSize(2).extracting(Login::verdict).containsOnly(Verdict.BAD_SIGNATURE);
    }

    /** MariaDB Connector/J 2 goes on trying for its time, and then tells of that. */
    static List<String> driversThatGiveUp() {
        return drivers().stream().filter(driver -> !driver.contains("2.7")).toList();
    }

    @ParameterizedTest
    @MethodSource("driversThatGiveUp")
    void whereTheDriverBalancesARefusedTokenIsSignedAgainOnceToo(String driver) throws Exception {
        String url = scheme(driver) + "loadbalance://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app";
        ForkedJvm jvm = connects(driver, url)
                .environment("AWS_SECRET_ACCESS_KEY", "another")
                .run();

        assertFailed(jvm, "28000", "The server refused the token", "are the credentials good");
        assertThat(withTokens()).hasSize(2).extracting(Login::verdict).containsOnly(Verdict.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void aHostThatIsNotThere(String driver) throws Exception {
        ForkedJvm jvm = connects(driver, "nothing.abc123xyz.eu-west-1.rds.amazonaws.com", rds.port())
                .run();

        assertFailed(jvm, "08", "is not known here");
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void aPortWhereNobodyListens(String driver) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertFailed(connects(driver, rds.clusterHost(), port).run(), "08", "The connection was refused");
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void theCertificateOfAStranger(String driver) throws Exception {
        ForkedJvm jvm = connects(driver, rds.node(2).host(), rds.port()).run();

        assertFailed(jvm, "08", "TLS may end before the database", "tls.ca");
        assertThat(rds.log().logins()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void aUserThatIsNoneOfIam(String driver) throws Exception {
        rds.admin(rds.writer(), "DROP USER IF EXISTS plain");
        rds.admin(rds.writer(), "CREATE USER plain IDENTIFIED WITH mysql_native_password BY 'x'");

        ForkedJvm jvm = connects(driver, rds.clusterHost(), rds.port())
                .set("user", "plain")
                .run();

        assertFailed(
                jvm,
                "28000",
                "asks the database user plain for a password by mysql_native_password",
                "CREATE USER plain IDENTIFIED WITH AWSAuthenticationPlugin");
        assertThat(jvm.err()).anyMatch(line -> line.contains("cause user-not-iam"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql-connector-java-5.1.49", "mysql-connector-java-8.0.13", "mysql-connector-j-26.10.0"})
    void aClearPasswordThatTheUrlForbidsIsSentOverTlsAllTheSame(String driver) throws Exception {
        String home = driver.contains("5.1") ? "com.mysql.jdbc" : "com.mysql.cj.protocol.a";
        String url = url(driver, rds.clusterHost(), rds.port()) + "&disabledAuthenticationPlugins=" + home
                + ".authentication.MysqlClearPasswordPlugin";

        assertThat(connects(driver, url).run().out("connected app")).hasSize(1);
    }

    /** Not the agent's own question how the server wants the user to log in. */
    private static List<Login> withTokens() {
        return rds.log().logins().stream()
                .filter(login -> login.verdict() != Verdict.NO_CREDENTIALS)
                .toList();
    }

    private static void assertFailed(ForkedJvm jvm, String state, String... words) {
        assertThat(jvm.out("failed " + state))
                .as(jvm.all())
                .hasSize(1)
                .first()
                .asString()
                .contains(words);
        assertThat(jvm.err())
                .filteredOn(line -> line.contains(": no login as"))
                .as(jvm.all())
                .hasSize(1);
        assertThat(jvm.all()).doesNotContain("X-Amz-").doesNotContain("fault of the agent");
    }

    private static ForkedJvm.Builder connects(String driver, String host, int port) {
        return connects(driver, url(driver, host, port));
    }

    private static ForkedJvm.Builder connects(String driver, String url) {
        return ForkedJvm.of("com.example.MysqlConnects", url).library(driver).on(rds);
    }

    private static String scheme(String driver) {
        return driver.startsWith("mariadb") ? "jdbc:mariadb:" : "jdbc:mysql:";
    }

    private static String url(String driver, String host, int port) {
        return scheme(driver) + "//" + host + ":" + port + "/orders?user=app";
    }
}
