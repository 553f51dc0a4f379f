package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every version of pgjdbc that is looked after, against a server that verifies tokens. */
class PgjdbcIT {

    private static LocalRds rds;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(2).start();
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
        return Versions.of(
                List.of("9.4.1212", ForkedJvm.NEWEST_PGJDBC), "42.2.0", "42.2.5", "42.2.29", "42.3.8", "42.5.6");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void itLogsInWithAFreshTokenOverVerifiedTls(String version) throws Exception {
        ForkedJvm jvm = connects(version, url(rds.clusterHost())).run();

        assertThat(jvm.out()).containsExactly("connected orders-1 org.postgresql.jdbc.PgConnection", "done");
        assertThat(jvm.err()).noneSatisfy(line -> assertThat(line).contains("rds-jdbc-agent WARN"));
        assertThat(rds.log().logins()).singleElement().satisfies(login -> {
            assertThat(login.verdict()).isEqualTo(Verdict.ACCEPTED);
            assertThat(login.tokenAge()).isLessThan(Duration.ofSeconds(30));
        });
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aNameThatTheCertificateDoesNotHoldGetsNoToken(String version) throws Exception {
        ForkedJvm jvm = connects(version, url("localhost"))
                .set("match", "localhost")
                .set("iam", "always")
                .set("region", "eu-west-1")
                .run();

        assertThat(jvm.out("failed 08")).hasSize(1);
        assertThat(rds.log().logins()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aCertificateOfUnknownRootsGetsNoToken(String version) throws Exception {
        ForkedJvm jvm = ForkedJvm.of("com.example.Connects", url(rds.clusterHost()), "1")
                .pgjdbc(version)
                .onWithoutRoots(rds)
                .run();

        assertThat(jvm.out("failed 08")).hasSize(1);
        assertThat(rds.log().logins()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void anotherAddressIsDialledWhileTheSignedNameIsVerified(String version) throws Exception {
        ForkedJvm jvm = elsewhere("com.example.Connects", version, "1").run();

        assertThat(jvm.out("connected orders-2")).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aQueryTimeoutCancelsAtTheAddressThatWasDialled(String version) throws Exception {
        ForkedJvm jvm = elsewhere("com.example.Cancels", version).run();

        assertThat(jvm.out()).containsExactly("cancelled 57014");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void withALoginTimeoutTheDriversOwnThreadLogsInAsWell(String version) throws Exception {
        ForkedJvm jvm =
                connects(version, url(rds.clusterHost()) + "&loginTimeout=20").run();

        assertThat(jvm.out("connected orders-1")).hasSize(1);
    }

    static List<String[]> dataSources() {
        List<String[]> rows = new ArrayList<>();
        for (String version : versions()) {
            for (String type : List.of(
                    "ds.PGSimpleDataSource",
                    "ds.PGConnectionPoolDataSource",
                    "ds.PGPoolingDataSource",
                    "xa.PGXADataSource")) {
                rows.add(new String[] {version, type});
            }
        }
        return rows;
    }

    @ParameterizedTest
    @MethodSource("dataSources")
    void eachOfItsDataSourcesLogsInWithAToken(String version, String type) throws Exception {
        ForkedJvm jvm = ForkedJvm.of("com.example.DataSources", "org.postgresql." + type, new String[] {
                    "setServerName",
                    rds.clusterHost(),
                    "setPortNumber",
                    String.valueOf(rds.port()),
                    "setDatabaseName",
                    "orders",
                    "setUser",
                    "app"
                })
                .pgjdbc(version)
                .on(rds)
                .run();

        assertThat(jvm.out()).as(jvm.all()).containsExactly("connected as app");
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    @Test
    void aServiceFileIsReadByTheDriverAndItsSettingsStay() throws Exception {
        Path services = Files.writeString(
                directory.resolve("services"),
                "[orders]\nhost=" + rds.clusterHost() + "\nport=" + rds.port()
                        + "\ndbname=orders\nuser=app\nsslmode=disable\n");
        ForkedJvm jvm = connects(ForkedJvm.NEWEST_PGJDBC, "jdbc:postgresql:///?service=orders")
                .option("-Dorg.postgresql.pgservicefile=" + services)
                .run();

        assertThat(jvm.out("connected orders-1")).hasSize(1);
    }

    @Test
    void whatTheAgentCannotReadIsLeftAloneAndSaidOnceWithoutItsPassword() throws Exception {
        ForkedJvm jvm = ForkedJvm.of(
                        "com.example.Connects", url(rds.clusterHost()) + "&socketFactory=x.Y&password=changeit", "2")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .run();

        assertThat(jvm.out("failed")).hasSize(2);
        assertThat(jvm.err())
                .singleElement()
                .asString()
                .contains("left as it is")
                .doesNotContain("changeit");
    }

    @Test
    void whoIsNoUserOfIamIsToldSoByADriverThatKnowsNoScramToo() throws Exception {
        ForkedJvm jvm = connects("9.4.1212", url(rds.clusterHost()).replace("user=app", "user=nobody"))
                .run();

        assertThat(jvm.out("failed")).singleElement().asString().contains("GRANT rds_iam TO nobody");
        assertThat(jvm.all()).doesNotContain("speaks no TLS");
    }

    /** 42.2.0 was published without the classes that it needs for SCRAM. */
    @Test
    void aDriverThatFailsByItselfIsNamedAndNotTriedAgainWithoutTls() throws Exception {
        ForkedJvm jvm = connects("42.2.0", url(rds.clusterHost()).replace("user=app", "user=nobody"))
                .run();

        assertThat(jvm.out("failed"))
                .singleElement()
                .asString()
                .contains("The driver itself failed (java.lang.NoClassDefFoundError");
        assertThat(jvm.err()).noneMatch(line -> line.contains("fault of the agent"));
        assertThat(jvm.all()).doesNotContain("no encryption");
    }

    private static ForkedJvm.Builder elsewhere(String program, String version, String... more) {
        String address = rds.node(2).address() + ":" + rds.port();
        return ForkedJvm.of(program, "jdbc:postgresql://" + address + "/orders?user=app", more)
                .pgjdbc(version)
                .on(rds)
                .set("match", address)
                .set("iam", "always")
                .set("sign-for", rds.node(2).host() + ":" + rds.port());
    }

    private static ForkedJvm.Builder connects(String version, String url) {
        return ForkedJvm.of("com.example.Connects", url, "1").pgjdbc(version).on(rds);
    }

    private static String url(String host) {
        return "jdbc:postgresql://" + host + ":" + rds.port() + "/orders?user=app";
    }
}
