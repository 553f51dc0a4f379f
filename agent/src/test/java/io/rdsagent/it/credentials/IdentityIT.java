package io.rdsagent.it.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose credentials sign, where the configuration says so; and what happens when they change or are refused. */
class IdentityIT {

    private static final AwsStub.Keys OLD = new AwsStub.Keys("AKIAOLDOLDOLDOLDOLD1", "old/secret+1", null);
    private static final AwsStub.Keys NEW = new AwsStub.Keys("AKIANEWNEWNEWNEWNEW2", "new/secret+2", null);
    private static final AwsStub.Keys ROLE = new AwsStub.Keys("ASIAROLEROLEROLEROL3", "role/secret+3", "role/session");
    private static final String ROLE_ARN = "arn:aws:iam::123456789012:role/db";

    /** Knows the new keys and the role's; the old ones are refused. */
    private static LocalRds rds;

    @TempDir
    Path home;

    private AwsStub aws;

    @BeforeAll
    static void start() {
        rds = LocalRds.builder()
                .nodes(1)
                .credentials(NEW.id(), NEW.secret())
                .credentials(ROLE.id(), ROLE.secret(), ROLE.session())
                .start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void open() throws IOException {
        rds.log().clear();
        aws = new AwsStub(ROLE);
    }

    @AfterEach
    void close() throws IOException {
        aws.close();
    }

    @Test
    void aDatabasesRoleIsAssumedWithItsExternalIdOnceForAllThreads() throws Exception {
        ForkedJvm jvm = assuming("com.example.Connects", "16")
                .set("db.orders.external-id", "Orders=7")
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(16);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
        assertThat(aws.handedOut())
                .singleElement()
                .satisfies(asked -> assertThat(asked.body())
                        .contains("ExternalId=Orders%3D7", "RoleSessionName=rds-jdbc-agent", "role%2Fdb"));
    }

    @Test
    void aRoleThatMayNotBeAssumedIsAnSqlExceptionWithTheFirstSentenceOfSts() throws Exception {
        aws.refuse("AccessDenied", "User: arn:aws:iam::1:user/u is not authorized to perform: sts:AssumeRole. More.");

        ForkedJvm jvm = assuming("com.example.Connects", "1").run();

        assertThat(jvm.out("failed 28000"))
                .as(jvm.all())
                .singleElement()
                .asString()
                .contains(
                        "User: arn:aws:iam::1:user/u is not authorized to perform: sts:AssumeRole. Check",
                        "trust policy")
                .doesNotContain("More");
        assertThat(rds.log().with(Verdict.ACCEPTED)).isEmpty();
    }

    @Test
    void aThrottledStsIsAnSqlExceptionThatSaysSo() throws Exception {
        aws.refuse("Throttling", "Rate exceeded");

        ForkedJvm jvm = assuming("com.example.Connects", "1").run();

        assertThat(jvm.out("failed 28000"))
                .as(jvm.all())
                .singleElement()
                .asString()
                .contains("Rate exceeded. AWS limits how often it is asked");
    }

    @Test
    void aDatabasesProfileSignsAlthoughTheEnvironmentHasOtherKeys() throws Exception {
        profile("reporting", NEW);

        ForkedJvm jvm = application("com.example.Connects", "1")
                .environment("AWS_ACCESS_KEY_ID", OLD.id())
                .environment("AWS_SECRET_ACCESS_KEY", OLD.secret())
                .set("db.orders.match", rds.clusterHost())
                .set("db.orders.profile", "reporting")
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(1);
    }

    @Test
    void aTokenThatOldKeysSignedIsSignedAgainWithTheOnesThatHaveReplacedThem() throws Exception {
        profile("default", OLD);
        try (ForkedJvm jvm = application("com.example.ConnectsOnDemand").start()) {
            jvm.await("failed 28000");
            rds.log().clear();

            profile("default", NEW);
            jvm.say("again");
            jvm.await("connected");

            assertThat(rds.log().logins())
                    .extracting(Login::verdict)
                    .containsExactly(Verdict.UNKNOWN_KEY, Verdict.ACCEPTED);
        }
    }

    @Test
    void theClockIsNamedWhereAwsAnswersWithAnotherTime() throws Exception {
        aws.clockAhead(Duration.ofMinutes(20));
        aws.hand(new AwsStub.Keys("ASIAUNKNOWNUNKNOWN04", "s", "t"));

        ForkedJvm jvm = assuming("com.example.Connects", "1").run();

        assertThat(jvm.out("failed 28000"))
                .as(jvm.all())
                .singleElement()
                .asString()
                .containsPattern("This host's clock was 1(19|20)\\d s behind AWS's when AWS last answered")
                .contains("set the clock right (NTP)");
    }

    @Test
    void aHostNameInMixedCaseIsSignedInLowerCase() throws Exception {
        profile("default", NEW);
        String url = "jdbc:postgresql://" + rds.clusterHost().replace("orders", "Orders") + ":" + rds.port()
                + "/orders?user=app";

        ForkedJvm jvm =
                configured(ForkedJvm.of("com.example.Connects", url, "1")).run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
    }

    private ForkedJvm.Builder assuming(String program, String... arguments) throws IOException {
        profile("default", OLD);
        return application(program, arguments)
                .environment("AWS_ENDPOINT_URL_STS", aws.url())
                .set("db.orders.match", rds.clusterHost())
                .set("db.orders.role-arn", ROLE_ARN);
    }

    private ForkedJvm.Builder application(String program, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return configured(ForkedJvm.of(program, all));
    }

    private ForkedJvm.Builder configured(ForkedJvm.Builder application) {
        return application
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .withoutKeys()
                .environment(
                        "AWS_SHARED_CREDENTIALS_FILE",
                        home.resolve("credentials").toString())
                .environment("AWS_CONFIG_FILE", home.resolve("config").toString());
    }

    /** Moved into place, with a time before the JVM's start, as a mounted secret is. */
    private void profile(String name, AwsStub.Keys keys) throws IOException {
        Path next = Files.writeString(
                home.resolve("next"),
                "[" + name + "]\naws_access_key_id = " + keys.id() + "\naws_secret_access_key = " + keys.secret()
                        + "\n");
        Files.setLastModifiedTime(next, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Files.move(
                next, home.resolve("credentials"), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }
}
