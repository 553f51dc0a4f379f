package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is wrong is said: to the application in an SQLException, to the operator in one line, within the timeout. */
@Tag("timed")
class BadInputIT {

    private static final int TIMEOUT_SECONDS = 5;

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(2).strangerCertificate(2).start();
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
    void noCredentials() throws Exception {
        ForkedJvm jvm = connects(rds.clusterHost(), rds.port())
                .environment("AWS_ACCESS_KEY_ID", "")
                .environment("AWS_SECRET_ACCESS_KEY", "")
                .environment("AWS_SHARED_CREDENTIALS_FILE", "/nowhere")
                .environment("AWS_CONFIG_FILE", "/nowhere")
                .run();

        assertFailed(jvm, "28000", "AWS_ACCESS_KEY_ID");
        assertThat(rds.log().with(Verdict.ACCEPTED)).isEmpty();
    }

    @Test
    void aTokenThatIsRefusedIsSignedAgainOnceAndNoMore() throws Exception {
        ForkedJvm jvm = connects(rds.clusterHost(), rds.port())
                .environment("AWS_SECRET_ACCESS_KEY", "another")
                .run();

        assertFailed(jvm, "28000", "The server refused the token", "are the credentials good");
        assertThat(rds.log().logins()).hasSize(2).extracting(Login::verdict).containsOnly(Verdict.BAD_SIGNATURE);
    }

    @Test
    void aHostThatIsNotThere() throws Exception {
        ForkedJvm jvm = connects("nothing.abc123xyz.eu-west-1.rds.amazonaws.com", rds.port())
                .run();

        assertFailed(jvm, "08001", "is not known here");
    }

    @Test
    void aPortWhereNobodyListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        assertFailed(connects(rds.clusterHost(), port).run(), "08001", "The connection was refused");
    }

    @Test
    void aServerThatTakesTheConnectionAndSaysNothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            ForkedJvm jvm = connects("127.0.0.1", silent.getLocalPort())
                    .set("match", "127.0.0.1:*")
                    .set("iam", "always")
                    .set("sign-for", rds.node(1).host() + ":" + rds.port())
                    .run();

            assertFailed(jvm, "08", "No answer within");
        }
    }

    @Test
    void theCertificateOfAStranger() throws Exception {
        ForkedJvm jvm = connects(rds.node(2).host(), rds.port()).run();

        assertFailed(jvm, "08006", "TLS may end before the database", "tls.ca");
        assertThat(rds.log().logins()).isEmpty();
    }

    @Test
    void aCertificateWithAnotherName() throws Exception {
        ForkedJvm jvm = connects("127.0.0.1", rds.port())
                .option("-Djdk.net.hosts.file=" + rds.hostsFile())
                .set("match", "127.0.0.1:*")
                .set("iam", "always")
                .set("endpoints", rds.node(1).address() + ":" + rds.port())
                .set("region", "eu-west-1")
                .run();

        assertFailed(jvm, "08006", "sign-for");
        assertThat(rds.log().logins()).isEmpty();
    }

    @Test
    void anAliasWithoutAPasswordIsToldHowToUseIam() throws Exception {
        ForkedJvm jvm = connects(rds.node(1).address(), rds.port())
                .set("match", rds.node(1).address())
                .run();

        assertFailed(jvm, "08", "No token was used", "`sign-for`");
    }

    @Test
    void aFileOfRootsWithoutARoot() throws Exception {
        ForkedJvm jvm = connects(rds.clusterHost(), rds.port())
                .set("tls.ca", rds.hostsFile().toString())
                .run();

        assertFailed(jvm, "08001", rds.hostsFile().toString());
        assertThat(rds.log().logins()).isEmpty();
    }

    @Test
    void aServerThatHangsUp() throws Exception {
        try (ServerSocket rude = new ServerSocket(0)) {
            Thread hanger = new Thread(() -> hangUp(rude));
            hanger.setDaemon(true);
            hanger.start();

            ForkedJvm jvm = connects("127.0.0.1", rude.getLocalPort())
                    .set("match", "127.0.0.1:*")
                    .set("iam", "always")
                    .set("sign-for", rds.node(1).host() + ":" + rds.port())
                    .run();

            assertFailed(jvm, "08", "It hung up");
        }
    }

    private static void hangUp(ServerSocket server) {
        try {
            while (true) {
                server.accept().close();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Test
    void theBundledRootsDoNotVouchForATestServer() throws Exception {
        ForkedJvm jvm = ForkedJvm.of("com.example.Connects", url(rds.clusterHost(), rds.port()), "1", "5")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .set("tls.ca", "")
                .run();

        assertFailed(jvm, "08006", "tls.ca");
        assertThat(rds.log().logins()).isEmpty();
    }

    @Test
    void anUnknownKeyAndABadValueAreSaidAndTheRestWorks() throws Exception {
        ForkedJvm jvm = connects(rds.clusterHost(), rds.port())
                .set("lifetme", "5m")
                .set("health.interval", "soon")
                .run();

        assertThat(jvm.out("connected")).hasSize(1);
        assertThat(jvm.err())
                .anySatisfy(line -> assertThat(line).contains("lifetme").contains("lifetime"));
        assertThat(jvm.err())
                .anySatisfy(line -> assertThat(line).contains("health.interval").contains("soon"));
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
        String spent = jvm.out("failed").get(0).replaceFirst(".* after (\\d+) ms.*", "$1");
        assertThat(Long.parseLong(spent)).isLessThan((TIMEOUT_SECONDS + 3) * 1000L);
    }

    private static ForkedJvm.Builder connects(String host, int port) {
        return ForkedJvm.of("com.example.Connects", url(host, port), "1", String.valueOf(TIMEOUT_SECONDS))
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds);
    }

    private static String url(String host, int port) {
        return "jdbc:postgresql://" + host + ":" + port + "/orders?user=app";
    }
}
