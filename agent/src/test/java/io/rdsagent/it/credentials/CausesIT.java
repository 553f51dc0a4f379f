package io.rdsagent.it.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The server refuses a token with the same words whatever is wrong with it; each cause is provoked, and named. The region, the
 * user without {@code rds_iam} and the server without TLS are provoked in {@link io.rdsagent.it.BadInputIT}.
 */
class CausesIT {

    private static final AwsStub.Keys UNUSED = new AwsStub.Keys("ASIAUNUSEDUNUSED0001", "unused", "unused");

    private static final ShiftedClock SERVERS = new ShiftedClock();
    private static LocalRds rds;

    private AwsStub aws;

    @BeforeAll
    static void start() {
        rds = LocalRds.builder().nodes(1).clock(SERVERS).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void open() throws IOException {
        SERVERS.setAhead(Duration.ZERO);
        rds.log().clear();
        aws = new AwsStub(UNUSED);
    }

    @AfterEach
    void close() throws IOException {
        aws.close();
    }

    @Test
    void aTokenThatIsTooOldByTheServersClock() throws Exception {
        SERVERS.setAhead(Duration.ofMinutes(20));
        aws.clockAhead(Duration.ofMinutes(20));

        ForkedJvm jvm = connects().run();

        assertNamed(jvm, Verdict.EXPIRED, "clock-wrong", "This host's clock was 1", " s behind AWS's", "NTP");
    }

    @Test
    void credentialsThatHaveExpired() throws Exception {
        aws.refuse("ExpiredToken", "The security token included in the request is expired");

        ForkedJvm jvm =
                connects().environment("AWS_SESSION_TOKEN", "of-yesterday").run();

        assertNamed(jvm, Verdict.WRONG_SESSION_TOKEN, "credentials-expired", "have expired", "Renew them");
    }

    @Test
    void aSecretWithASlip() throws Exception {
        aws.refuse("SignatureDoesNotMatch", "The request signature we calculated does not match. More");

        ForkedJvm jvm = connects().environment("AWS_SECRET_ACCESS_KEY", "slip").run();

        assertNamed(jvm, Verdict.BAD_SIGNATURE, "credentials-invalid", "but with another secret", "Check for a slip");
    }

    @Test
    void aPolicyThatDoesNotAllowIt() throws Exception {
        ForkedJvm jvm = connects()
                .environment("AWS_ACCESS_KEY_ID", "AKIAOFSOMEBODYELSE01")
                .run();

        assertNamed(
                jvm,
                Verdict.UNKNOWN_KEY,
                "policy-missing",
                "the policy of arn:aws:sts::123456789012:assumed-role/db/x does not allow rds-db:connect");
    }

    @Test
    void aTokenThatWasSignedForAnotherName() throws Exception {
        ForkedJvm jvm = connects()
                .set("tls", "verify-ca")
                .set("sign-for", "stock.cluster-abc123xyz.eu-west-1.rds.amazonaws.com:" + rds.port())
                .run();

        assertNamed(jvm, Verdict.WRONG_HOST, "signed-for-another-name", rds.clusterHost(), "Set `sign-for`");
    }

    @Test
    void aLimitOnLoginsWhenTheSameWereLetInBefore() throws Exception {
        try (ForkedJvm jvm = program("com.example.ConnectsOnDemand").start()) {
            jvm.await("connected");
            SERVERS.setAhead(Duration.ofHours(1));
            jvm.say("again");
            jvm.await("failed");
            jvm.say("end");

            assertThat(jvm.end().err())
                    .as(jvm.all())
                    .anySatisfy(line -> assertThat(line)
                            .contains(
                                    "cause throttled", "was let in with the same identity", "200 new IAM connections"));
        }
    }

    private static void assertNamed(ForkedJvm jvm, Verdict verdict, String cause, String... words) {
        assertThat(rds.log().with(verdict)).as(jvm.all()).isNotEmpty();
        assertThat(jvm.err())
                .as(jvm.all())
                .filteredOn(line -> line.contains(": no login as"))
                .singleElement()
                .satisfies(
                        line -> assertThat(line)
                                .contains("SQLState 28000, cause " + cause + ".")
                                .contains(words)
                                .containsPattern(
                                        "\\[from 127\\.[\\d.]+:\\d+ to "
                                                + rds.node(1).address() + ":" + rds.port()
                                                + "; TLSv1\\.[23] TLS_\\w+; certificate of .*; token \\d+ s old, signed in eu-west-1 by"));
        assertThat(jvm.out("failed 28000"))
                .as(jvm.all())
                .hasSize(1)
                .first()
                .asString()
                .contains(words);
        assertThat(jvm.all()).doesNotContain("X-Amz-").doesNotContain("fault of the agent");
    }

    private ForkedJvm.Builder connects() {
        return program("com.example.Connects", "1");
    }

    private ForkedJvm.Builder program(String main, String... others) {
        return ForkedJvm.of(
                        main, "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app", others)
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .environment("AWS_ENDPOINT_URL_STS", aws.url());
    }
}
