package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.it.credentials.DnsStub;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code jdbc:mysql+srv:}: Connector/J asks the DNS for the hosts, each time that it chooses one. */
class DnsServiceIT {

    private static final String SERVICE = "_mysql._tcp.orders.example.com";

    private static LocalRds rds;

    @BeforeAll
    static void start() {
        rds = LocalRds.builder()
                .engine(Engine.MYSQL)
                .nodes(2)
                .strangerCertificate(2)
                .start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    /** 8.0.13 has it not yet. */
    static List<String> versions() {
        return Versions.of(List.of("26.10.0"), "8.0.33", "8.4.0", "9.7.0");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aHostOfOursThatTheDnsNamesGetsAToken(String version) throws Exception {
        ForkedJvm jvm = connects(
                version,
                "jdbc:mysql+srv://SERVICE/orders?retriesAllDown=1&user=app",
                rds.node(1).host());

        assertThat(jvm.out("connected app")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void whereTheDriverBalancesTheTwoSidesTooAndThoughTheUrlWantsNoTls(String version) throws Exception {
        ForkedJvm jvm = connects(
                version,
                "jdbc:mysql+srv:loadbalance://SERVICE/orders?retriesAllDown=1&user=app&sslMode=DISABLED",
                rds.node(1).host());

        assertThat(jvm.out("connected app")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aServerThatIsNotTheOneTheDnsNamesGetsNone(String version) throws Exception {
        for (String weak : List.of("DISABLED", "REQUIRED", "VERIFY_IDENTITY")) {
            ForkedJvm jvm = connects(
                    version,
                    "jdbc:mysql+srv://SERVICE/orders?retriesAllDown=1&user=app&sslMode=" + weak,
                    rds.node(2).host());

            assertThat(jvm.out("failed")).as(jvm.all()).hasSize(1);
            assertThat(rds.log().logins()).as(jvm.all()).noneMatch(login -> login.verdict() != Verdict.NO_CREDENTIALS);
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aHostThatIsNotOursGetsNone(String version) throws Exception {
        ForkedJvm jvm = connects(
                version, "jdbc:mysql+srv://SERVICE/orders?retriesAllDown=1&user=app&password=wrong", "localhost");

        assertThat(jvm.out("failed")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).as(jvm.all()).noneMatch(login -> login.verdict() == Verdict.ACCEPTED);
        assertThat(jvm.err()).noneMatch(line -> line.contains("rds-jdbc-agent"));
    }

    private static ForkedJvm connects(String version, String url, String host) throws Exception {
        try (DnsStub dns = DnsStub.ofServices(Map.of(SERVICE, List.of(host + ":" + rds.port())))) {
            ForkedJvm jvm = ForkedJvm.of("com.example.MysqlConnects", url.replace("SERVICE", SERVICE))
                    .library("mysql-connector-j-" + version)
                    .option("-Djava.naming.provider.url=dns://" + dns.address())
                    .on(rds)
                    .run();
            assertThat(dns.questions()).isPositive();
            return jvm;
        }
    }
}
