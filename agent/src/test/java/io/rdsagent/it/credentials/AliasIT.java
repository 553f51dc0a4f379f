package io.rdsagent.it.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A URL that names an alias: dialled as it is, signed for and verified by the RDS name behind it. */
class AliasIT {

    private static final String ALIAS = "orders.corp.example";

    private static LocalRds rds;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        rds = LocalRds.builder().nodes(1).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    @Test
    void anAliasOfAnAliasIsSignedForByTheRdsNameAtItsEndAndInItsRegion() throws Exception {
        Map<String, String> names = Map.of(ALIAS, "db.corp.example", "db.corp.example", rds.clusterHost());
        try (DnsStub dns = new DnsStub(names)) {
            ForkedJvm jvm = application(dns, "8").run();

            assertThat(jvm.out("connected orders-1")).as(jvm.all()).hasSize(8);
            assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
            assertThat(dns.questions()).as("once for all connects").isEqualTo(2);
        }
    }

    @Test
    void whatIsConfiguredWinsOverDns() throws Exception {
        try (DnsStub dns = new DnsStub(Map.of(ALIAS, "other.abc123xyz.us-east-1.rds.amazonaws.com"))) {
            ForkedJvm jvm = application(dns, "1")
                    .set("db.orders.sign-for", rds.clusterHost() + ":" + rds.port())
                    .run();

            assertThat(jvm.out("connected")).as(jvm.all()).hasSize(1);
            assertThat(dns.questions()).isZero();
        }
    }

    @Test
    void aNameThatStandsForNoRdsNameIsSaidToNeedMore() throws Exception {
        try (DnsStub dns = new DnsStub(Map.of(ALIAS, "lb.corp.example"))) {
            ForkedJvm jvm = application(dns, "1")
                    .set("db.orders.iam", "always")
                    .set("db.orders.tls", "verify-ca")
                    .environment("AWS_REGION", "")
                    .run();

            assertThat(jvm.out("failed"))
                    .as(jvm.all())
                    .singleElement()
                    .asString()
                    .contains("`sign-for`");
        }
    }

    private ForkedJvm.Builder application(DnsStub dns, String count) throws IOException {
        String url = "jdbc:postgresql://" + ALIAS + ":" + rds.port() + "/orders?user=app";
        Path hosts = Files.writeString(
                folder.resolve("hosts"),
                Files.readString(rds.hostsFile()) + rds.node(1).address() + " " + ALIAS + "\n");
        return ForkedJvm.of("com.example.Connects", url, count)
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .environment("AWS_REGION", "us-west-2")
                .option("-Djdk.net.hosts.file=" + hosts)
                .set("dns.server", dns.address())
                .set("db.orders.match", ALIAS);
    }
}
