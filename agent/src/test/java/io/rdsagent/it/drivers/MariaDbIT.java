package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every version of MariaDB Connector/J that is looked after, against a MariaDB that verifies tokens. */
class MariaDbIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().engine(Engine.MARIADB).nodes(2).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    static List<String> versions() {
        return List.of("3.0.10", "3.5.11", "4.0.0");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void itLogsInWithAFreshTokenOverVerifiedTls(String version) throws Exception {
        ForkedJvm jvm = connects(version, url(rds.clusterHost())).run();

        assertThat(jvm.out("connected app org.mariadb.jdbc.Connection valid true"))
                .as(jvm.all())
                .hasSize(1);
        assertThat(jvm.err()).noneSatisfy(line -> assertThat(line).contains("rds-jdbc-agent WARN"));
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aNameThatTheCertificateDoesNotHoldGetsNoToken(String version) throws Exception {
        ForkedJvm jvm = connects(version, url("localhost"))
                .set("match", "localhost")
                .set("iam", "always")
                .set("region", "eu-west-1")
                .run();

        assertThat(jvm.out("failed 08")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aCertificateOfUnknownRootsGetsNoToken(String version) throws Exception {
        ForkedJvm jvm = ForkedJvm.of("com.example.MysqlConnects", url(rds.clusterHost()), "nothing")
                .library("mariadb-java-client-" + version)
                .onWithoutRoots(rds)
                .run();

        assertThat(jvm.out("failed 08")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anotherAddressIsDialledWhileTheSignedNameIsVerified(String version) throws Exception {
        String address = rds.node(2).address() + ":" + rds.port();
        ForkedJvm jvm = connects(version, "jdbc:mariadb://" + address + "/orders?user=app")
                .set("match", address)
                .set("iam", "always")
                .set("sign-for", rds.node(2).host() + ":" + rds.port())
                .run();

        assertThat(jvm.out("connected app")).as(jvm.all()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void credentialsAndWeakTlsInTheUrlAreReplacedAndNotLogged(String version) throws Exception {
        ForkedJvm jvm = connects(version, url(rds.clusterHost()) + "&password=changeit&sslMode=disable")
                .set("iam", "always")
                .set("log.level", "debug")
                .run();

        assertThat(jvm.out("connected app")).as(jvm.all()).hasSize(1);
        assertThat(jvm.all()).doesNotContain("changeit").doesNotContain("X-Amz-");
    }

    private static ForkedJvm.Builder connects(String version, String url) {
        return ForkedJvm.of("com.example.MysqlConnects", url, "nothing")
                .library("mariadb-java-client-" + version)
                .on(rds);
    }

    private static String url(String host) {
        return "jdbc:mariadb://" + host + ":" + rds.port() + "/orders?user=app";
    }
}
