package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        return Versions.of(List.of("2.7.12", "4.0.0"), "1.8.0", "3.0.10", "3.5.11");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void itLogsInWithAFreshTokenOverVerifiedTls(String version) throws Exception {
        ForkedJvm jvm = connects(version, url(rds.clusterHost())).run();

        assertThat(jvm.out("connected app org.mariadb.jdbc." + connection(version) + " valid true"))
                .as(jvm.all())
                .hasSize(1);
        assertThat(jvm.err()).noneSatisfy(line -> assertThat(line).contains("rds-jdbc-agent WARN"));
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    private static String connection(String version) {
        return version.compareTo("3") < 0 ? "MariaDbConnection" : "Connection";
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

    @ParameterizedTest
    @MethodSource("versions")
    void aQueryIsKilledByALoginWithATokenOfItsOwn(String version) throws Exception {
        ForkedJvm jvm = connects(version, url(rds.clusterHost()), "cancel").run();

        assertThat(jvm.out("cancelled")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins())
                .hasSizeGreaterThan(1)
                .extracting(Login::verdict)
                .containsOnly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aQueryIsKilledAtTheAddressAndPortThatWereDialled(String version) throws Exception {
        try (Relay relay = Relay.to(rds.node(2).address(), rds.port())) {
            String dialled = "127.0.0.1:" + relay.port();
            ForkedJvm jvm = connects(version, "jdbc:mariadb://" + dialled + "/orders?user=app", "cancel")
                    .set("match", dialled)
                    .set("iam", "always")
                    .set("sign-for", rds.node(2).host() + ":" + rds.port())
                    .run();

            assertThat(jvm.out("cancelled")).as(jvm.all()).hasSize(1);
            assertThat(rds.log().logins())
                    .hasSizeGreaterThan(1)
                    .extracting(Login::verdict)
                    .containsOnly(Verdict.ACCEPTED);
            assertThat(relay.connections()).isGreaterThan(1);
        }
    }

    /** 1.8 takes a session that was killed for closed by the application. */
    @ParameterizedTest
    @ValueSource(strings = "2.7.12")
    void aConnectionThatTheDriverMakesAnewLogsInWithAFreshToken(String version) throws Exception {
        ForkedJvm jvm = connects(version, url(rds.clusterHost()) + "&autoReconnect=true", "killed")
                .run();

        assertThat(jvm.out("killed, now app")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins())
                .hasSizeGreaterThan(1)
                .extracting(Login::verdict)
                .containsOnly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.7.12", "3.0.10", "3.5.11", "4.0.0"})
    void aSequentialConnectionIsMadeAnewWithAFreshToken(String version) throws Exception {
        String hosts = rds.node(1).host() + ":" + rds.port() + "," + rds.node(2).host() + ":" + rds.port();
        ForkedJvm jvm = connects(version, "jdbc:mariadb:sequential://" + hosts + "/orders?user=app", "killed")
                .run();

        assertThat(jvm.out("killed, now app")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins())
                .hasSizeGreaterThan(1)
                .extracting(Login::verdict)
                .containsOnly(Verdict.ACCEPTED);
    }

    static List<String[]> dataSources() {
        return versions().stream()
                .flatMap(version -> Stream.of("MariaDbDataSource", "MariaDbPoolDataSource")
                        .flatMap(type -> Stream.of("", "pooled", "xa").map(face -> new String[] {version, type, face})))
                // Its class says neither in 1.8.
                .filter(given ->
                        !given[0].equals("1.8.0") || !given[1].equals("MariaDbPoolDataSource") || given[2].isEmpty())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("dataSources")
    void eachFaceOfItsDataSourcesLogsInWithAToken(String version, String type, String face) throws Exception {
        ForkedJvm jvm = ForkedJvm.of("com.example.DataSources", "org.mariadb.jdbc." + type, new String[] {
                    "setUrl", url(rds.clusterHost()), "as", face
                })
                .library("mariadb-java-client-" + version)
                .on(rds)
                .run();

        assertThat(jvm.out("connected as app@")).as(jvm.all()).hasSize(1);
        assertThat(jvm.err()).noneSatisfy(line -> assertThat(line).contains("rds-jdbc-agent WARN"));
        assertThat(rds.log().logins()).isNotEmpty().extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void itsDataSourceTakesUserAndAddressFromSettersToo(String version) throws Exception {
        String[] setters = version.compareTo("3") < 0
                ? new String[] {
                    "setServerName",
                    rds.clusterHost(),
                    "setPortNumber",
                    String.valueOf(rds.port()),
                    "setDatabaseName",
                    "orders",
                    "setUser",
                    "app"
                }
                : new String[] {
                    "setUrl", url(rds.clusterHost()).replace("?user=app", ""), "setUser", "app", "setPassword", "iam"
                };
        ForkedJvm jvm = ForkedJvm.of("com.example.DataSources", "org.mariadb.jdbc.MariaDbDataSource", setters)
                .library("mariadb-java-client-" + version)
                .on(rds)
                .run();

        assertThat(jvm.out("connected as app@")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theDriversOwnPoolLogsInWithTokens(String version) throws Exception {
        ForkedJvm jvm = connects(version, url(rds.clusterHost()) + "&pool=true&maxPoolSize=2&poolName=orders")
                .run();

        assertThat(jvm.out("connected app")).as(jvm.all()).hasSize(1);
        assertThat(jvm.err()).anySatisfy(line -> assertThat(line).contains("with an IAM token signed by"));
        assertThat(rds.log().logins()).isNotEmpty().extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0", "2.7.12", "3.5.11 permitMysqlScheme", "4.0.0 permitMysqlScheme"})
    void aUrlOfMysqlsSchemeIsTakenAsTheDriverTakesIt(String given) throws Exception {
        String[] version = given.split(" ");
        String url = url(rds.clusterHost()).replace("jdbc:mariadb:", "jdbc:mysql:")
                + (version.length > 1 ? "&" + version[1] : "");
        ForkedJvm jvm = connects(version[0], url).run();

        assertThat(jvm.out("connected app org.mariadb.jdbc.")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theNextHostOfTheUrlIsTriedWhenOneIsDown(String version) throws Exception {
        String hosts = "127.0.0.1:1," + rds.node(2).host() + ":" + rds.port();
        ForkedJvm jvm = connects(version, "jdbc:mariadb://" + hosts + "/orders?user=app")
                .run();

        assertThat(jvm.out("connected app")).as(jvm.all()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whereTheDriverReplicatesBothSidesGetATokenAndItsQueriesAreKilled(String version) throws Exception {
        String hosts = rds.node(1).host() + ":" + rds.port() + "," + rds.node(2).host() + ":" + rds.port();
        ForkedJvm jvm = ForkedJvm.of(
                        "com.example.MysqlConnects",
                        "jdbc:mariadb:replication://" + hosts + "/orders?user=app&sslMode=disable&useSsl=false",
                        new String[] {"reads", "cancel", "writes"})
                .library("mariadb-java-client-" + version)
                .on(rds)
                .run();

        assertThat(jvm.out()).as(jvm.all()).contains("reads on 2", "writes on 1");
        assertThat(jvm.out("cancelled")).as(jvm.all()).hasSize(1);
        assertThat(jvm.err())
                .filteredOn(line -> line.contains("chooses the host"))
                .as(jvm.all())
                .hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    private static ForkedJvm.Builder connects(String version, String url) {
        return connects(version, url, "nothing");
    }

    private static ForkedJvm.Builder connects(String version, String url, String then) {
        return ForkedJvm.of("com.example.MysqlConnects", url, then)
                .library("mariadb-java-client-" + version)
                .on(rds);
    }

    private static String url(String host) {
        return "jdbc:mariadb://" + host + ":" + rds.port() + "/orders?user=app";
    }
}
