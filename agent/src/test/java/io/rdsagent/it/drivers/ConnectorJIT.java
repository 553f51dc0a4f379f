package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every version of MySQL Connector/J that is looked after, against a MySQL that verifies tokens. */
class ConnectorJIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().engine(Engine.MYSQL).nodes(2).start();
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
        return Versions.of(List.of("java-5.1.49", "j-26.10.0"), "java-8.0.13", "j-8.0.33", "j-8.4.0", "j-9.7.0");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void itLogsInWithAFreshTokenOverVerifiedTls(String version) throws Exception {
        ForkedJvm jvm = connects(version, url(rds.clusterHost()), "nothing").run();

        assertThat(jvm.out("connected app com.mysql." + (isOld(version) ? "" : "cj.") + "jdbc."))
                .as(jvm.all())
                .hasSize(1);
        assertThat(jvm.err()).noneSatisfy(line -> assertThat(line).contains("rds-jdbc-agent WARN"));
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aNameThatTheCertificateDoesNotHoldGetsNoToken(String version) throws Exception {
        ForkedJvm jvm = connects(version, url("localhost"), "nothing")
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
                .library("mysql-connector-" + version)
                .onWithoutRoots(rds)
                .run();

        assertThat(jvm.out("failed 08")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void credentialsAndWeakTlsInTheUrlAreReplacedAndNotLogged(String version) throws Exception {
        String url = url(rds.clusterHost()) + "&password=changeit&useSSL=false";
        ForkedJvm jvm = connects(version, url, "nothing")
                .set("iam", "always")
                .set("log.level", "debug")
                .run();

        assertThat(jvm.out("connected app")).as(jvm.all()).hasSize(1);
        assertThat(jvm.all()).doesNotContain("changeit").doesNotContain("X-Amz-");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aQueryTimeoutKillsTheQueryWithATokenOfItsOwnAtTheAddressThatWasDialled(String version) throws Exception {
        String address = rds.node(2).address() + ":" + rds.port();
        ForkedJvm jvm = connects(version, "jdbc:mysql://" + address + "/orders?user=app", "timeout")
                .set("match", address)
                .set("iam", "always")
                .set("sign-for", rds.node(2).host() + ":" + rds.port())
                .run();

        assertThat(jvm.out("timed out MySQLTimeoutException")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).hasSize(2).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    private static boolean isOld(String version) {
        return version.contains("-5.1.");
    }

    static List<String[]> dataSources() {
        return versions().stream()
                .flatMap(version -> Stream.of("MysqlDataSource", "MysqlConnectionPoolDataSource", "MysqlXADataSource")
                        .map(type -> new String[] {version, type}))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("dataSources")
    void eachOfItsDataSourcesLogsInWithAToken(String version, String type) throws Exception {
        ForkedJvm jvm = ForkedJvm.of(
                        "com.example.DataSources",
                        "com.mysql." + (isOld(version) ? "jdbc.jdbc2.optional." : "cj.jdbc.") + type,
                        new String[] {
                            "setServerName",
                            rds.clusterHost(),
                            "setPortNumber",
                            String.valueOf(rds.port()),
                            "setDatabaseName",
                            "orders",
                            "setUser",
                            "app"
                        })
                .library("mysql-connector-" + version)
                .on(rds)
                .run();

        assertThat(jvm.out("connected as app@")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aResetOfTheServersStateLogsInWithAToken(String version) throws Exception {
        ForkedJvm jvm = connects(version, url(rds.clusterHost()), "reset").run();

        assertThat(jvm.out("reset app")).as(jvm.all()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void ofSeveralHostsTheFirstThatIsUpServes(String version) throws Exception {
        String url = "jdbc:mysql://" + rds.node(1).host() + ":1," + rds.node(2).host() + ":" + rds.port()
                + "/orders?user=app";
        ForkedJvm jvm = connects(version, url, "nothing").run();

        assertThat(jvm.out("server 2")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anAddressOfVersionSixIsDialledAndTheNameItStandsForVerified(String version) throws Exception {
        try (Relay relay = Relay.fromVersionSix(rds.node(2).address(), rds.port())) {
            String host = isOld(version)
                    ? "address=(protocol=tcp)(host=::1)(port=" + relay.port() + ")"
                    : "[::1]:" + relay.port();
            ForkedJvm jvm = connects(version, "jdbc:mysql://" + host + "/orders?user=app", "timeout")
                    .set("match", "[::1]")
                    .set("iam", "always")
                    .set("sign-for", rds.node(2).host() + ":" + rds.port())
                    .run();

            assertThat(jvm.out("server 2")).as(jvm.all()).hasSize(1);
            assertThat(jvm.out("timed out MySQLTimeoutException")).as(jvm.all()).hasSize(1);
            assertThat(rds.log().logins()).hasSize(2).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
        }
    }

    static List<String[]> placesOfALogin() {
        return versions().stream()
                .flatMap(version -> Stream.of(
                                "HOST:PORT/orders?user=app&password=changeit",
                                "address=(host=HOST)(port=PORT)" + "(user=app)(password=changeit)/orders",
                                "app:changeit@HOST:PORT/orders",
                                "(host=HOST,port=PORT,user=app,password=changeit)/orders",
                                "app:changeit@[HOST:PORT,HOST:PORT]/orders")
                        .filter(place -> !isOld(version) || !place.matches("\\(.*|.*@.*"))
                        .map(place -> new String[] {version, place}))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("placesOfALogin")
    void whereverTheUrlHasALoginTheTokenTakesItsPlace(String version, String place) throws Exception {
        String url =
                "jdbc:mysql://" + place.replace("HOST", rds.clusterHost()).replace("PORT", String.valueOf(rds.port()));
        ForkedJvm jvm = connects(version, url, "nothing").set("iam", "always").run();

        assertThat(jvm.out("connected app")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
        assertThat(jvm.all()).doesNotContain("changeit");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whereTheDriverBalancesEachLoginGetsATokenAlsoTheLaterOnes(String version) throws Exception {
        ForkedJvm jvm =
                connects(version, own("loadbalance", ""), "commits", "timeout").run();

        assertThat(jvm.out("connected app")).as(jvm.all()).hasSize(1);
        assertThat(jvm.out("commits on [1, 2]")).as(jvm.all()).hasSize(1);
        assertThat(jvm.out("timed out MySQLTimeoutException")).as(jvm.all()).hasSize(1);
        assertThat(jvm.err())
                .filteredOn(line -> line.contains("chooses the host"))
                .as(jvm.all())
                .hasSize(1);
        assertThat(rds.log().logins())
                .as(jvm.all())
                .hasSizeGreaterThanOrEqualTo(3)
                .extracting(Login::verdict)
                .containsOnly(Verdict.ACCEPTED);
        assertThat(jvm.all()).doesNotContain("X-Amz-");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whereTheDriverReplicatesBothSidesGetAToken(String version) throws Exception {
        ForkedJvm jvm =
                connects(version, own("replication", ""), "reads", "writes").run();

        assertThat(jvm.out()).as(jvm.all()).contains("reads on 2", "writes on 1");
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aHostsOwnWishForPlainTextIsNotHeard(String version) throws Exception {
        String weak = isOld(version) ? "(protocol=tcp)(useSSL=false)" : "(sslMode=DISABLED)";
        String url = "jdbc:mysql:loadbalance://" + said(1, weak) + "," + said(2, weak) + "/orders";
        ForkedJvm jvm = connects(version, url, "commits").run();

        assertThat(jvm.out("commits on [1, 2]")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    private static String said(int node, String more) {
        return "address=(host=" + rds.node(node).host() + ")(port=" + rds.port() + ")(user=app)" + more;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whereTheDriverBalancesACertificateOfUnknownRootsGetsNoTokenEither(String version) throws Exception {
        ForkedJvm jvm = ForkedJvm.of("com.example.MysqlConnects", own("loadbalance", "&retriesAllDown=1"), "nothing")
                .library("mysql-connector-" + version)
                .onWithoutRoots(rds)
                .run();

        assertThat(jvm.out("failed 08")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whereTheDriverBalancesHostsThatAreNotOursItIsLeftAlone(String version) throws Exception {
        ForkedJvm jvm = connects(version, own("loadbalance", "&password=wrong"), "nothing")
                .set("match", "other.example.com")
                .run();

        assertThat(jvm.out("failed 28000 Access denied")).as(jvm.all()).hasSize(1);
        assertThat(jvm.err()).noneSatisfy(line -> assertThat(line).contains("rds-jdbc-agent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java-5.1.49", "java-8.0.13", "j-26.10.0"})
    void aPoolRenewsTheConnectionsThatTheDriverBalancesInTime(String version) throws Exception {
        try (ForkedJvm jvm = ForkedJvm.of("com.example.PoolLoad", own("loadbalance", ""), "4", "2", "0", "reading")
                .library("mysql-connector-" + version)
                .hikaricp(ForkedJvm.NEWEST_HIKARICP)
                .on(rds)
                .set("lifetime", "5s")
                .set("lifetime.margin", "1s")
                .start()) {
            jvm.await("ready");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> rds.log().logins().size() >= 12);
            jvm.say("stop");
            jvm.end();

            assertThat(jvm.out().get(jvm.out().size() - 1)).as(jvm.all()).endsWith("errors 0 total 4");
            assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
        }
    }

    private static String own(String way, String more) {
        return "jdbc:mysql:" + way + "://" + rds.node(1).host() + ":" + rds.port() + ","
                + rds.node(2).host() + ":" + rds.port() + "/orders?user=app" + more;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aConnectionThatTheDriverHasReconnectedLivesAsLongAsANewOne(String version) throws Exception {
        ForkedJvm jvm = connects(
                        version,
                        url(rds.clusterHost()) + "&autoReconnect=true",
                        "past",
                        "timeout",
                        "valid",
                        "killed",
                        "valid")
                .set("lifetime", "5s")
                .set("lifetime.margin", "1s")
                .run();

        assertThat(jvm.out("past, closed false")).as(jvm.all()).hasSize(1);
        assertThat(jvm.out("killed, now app")).as(jvm.all()).hasSize(1);
        assertThat(jvm.out("valid")).as(jvm.all()).containsExactly("valid false", "valid true");
        assertThat(rds.log().logins()).hasSize(3).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java-5.1.49", "java-8.0.13", "j-8.0.33"})
    void aConnectionWhoseUserIsLoggedInAnewLivesAsLongAsANewOne(String version) throws Exception {
        ForkedJvm jvm = connects(version, url(rds.clusterHost()), "past", "reset", "valid")
                .set("lifetime", "5s")
                .set("lifetime.margin", "1s")
                .run();

        assertThat(jvm.out("reset app")).as(jvm.all()).hasSize(1);
        assertThat(jvm.out("valid")).as(jvm.all()).containsExactly("valid true");
    }

    private static ForkedJvm.Builder connects(String version, String url, String... then) {
        return ForkedJvm.of("com.example.MysqlConnects", url, then)
                .library("mysql-connector-" + version)
                .on(rds);
    }

    private static String url(String host) {
        return "jdbc:mysql://" + host + ":" + rds.port() + "/orders?user=app";
    }
}
