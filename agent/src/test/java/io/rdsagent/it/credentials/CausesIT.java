package io.rdsagent.it.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server refuses a token with the same words whatever is wrong with it; each cause is provoked, and named. */
class CausesIT {

    private static final AwsStub.Keys UNUSED = new AwsStub.Keys("ASIAUNUSEDUNUSED0001", "unused", "unused");
    private static final String MYSQL_DRIVER = "mysql-connector-j-26.10.0";

    private static final ShiftedClock SERVERS = new ShiftedClock();
    private static final Map<Engine, LocalRds> DATABASES = new EnumMap<>(Engine.class);

    private AwsStub aws;

    @BeforeAll
    static void start() {
        for (Engine engine : new Engine[] {Engine.POSTGRES, Engine.MYSQL}) {
            DATABASES.put(
                    engine,
                    LocalRds.builder().engine(engine).nodes(1).clock(SERVERS).start());
        }
    }

    @AfterAll
    static void stop() {
        DATABASES.values().forEach(LocalRds::close);
    }

    @BeforeEach
    void open() throws IOException {
        SERVERS.setAhead(Duration.ZERO);
        DATABASES.values().forEach(rds -> rds.log().clear());
        aws = new AwsStub(UNUSED);
    }

    @AfterEach
    void close() throws IOException {
        aws.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MYSQL"})
    void aTokenThatIsTooOldByTheServersClock(Engine engine) throws Exception {
        SERVERS.setAhead(Duration.ofMinutes(20));
        aws.clockAhead(Duration.ofMinutes(20));

        ForkedJvm jvm = connects(DATABASES.get(engine)).run();

        assertNamed(engine, jvm, Verdict.EXPIRED, "clock-wrong", "This host's clock was 1", " s behind AWS's", "NTP");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MYSQL"})
    void credentialsThatHaveExpired(Engine engine) throws Exception {
        aws.refuse("ExpiredToken", "The security token included in the request is expired");

        ForkedJvm jvm = connects(DATABASES.get(engine))
                .environment("AWS_SESSION_TOKEN", "of-yesterday")
                .run();

        assertNamed(engine, jvm, Verdict.WRONG_SESSION_TOKEN, "credentials-expired", "have expired", "Renew them");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MYSQL"})
    void aSecretWithASlip(Engine engine) throws Exception {
        aws.refuse("SignatureDoesNotMatch", "The request signature we calculated does not match. More");

        ForkedJvm jvm = connects(DATABASES.get(engine))
                .environment("AWS_SECRET_ACCESS_KEY", "slip")
                .run();

        assertNamed(
                engine,
                jvm,
                Verdict.BAD_SIGNATURE,
                "credentials-invalid",
                "but with another secret",
                "Check for a slip");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MYSQL"})
    void aPolicyThatDoesNotAllowIt(Engine engine) throws Exception {
        ForkedJvm jvm = connects(DATABASES.get(engine))
                .environment("AWS_ACCESS_KEY_ID", "AKIAOFSOMEBODYELSE01")
                .run();

        assertNamed(
                engine,
                jvm,
                Verdict.UNKNOWN_KEY,
                "policy-missing",
                "the policy of arn:aws:sts::123456789012:assumed-role/db/x does not allow rds-db:connect");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MYSQL"})
    void aTokenThatWasSignedForAnotherName(Engine engine) throws Exception {
        ForkedJvm jvm = connects(DATABASES.get(engine))
                .set("tls", "verify-ca")
                .set(
                        "sign-for",
                        "stock.cluster-abc123xyz.eu-west-1.rds.amazonaws.com:"
                                + DATABASES.get(engine).port())
                .run();

        assertNamed(
                engine,
                jvm,
                Verdict.WRONG_HOST,
                "signed-for-another-name",
                DATABASES.get(engine).clusterHost(),
                "Set `sign-for`");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MYSQL"})
    void aLimitOnLoginsWhenTheSameWereLetInBefore(Engine engine) throws Exception {
        try (ForkedJvm jvm =
                program(DATABASES.get(engine), "com.example.ConnectsOnDemand").start()) {
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

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MYSQL"})
    void aTokenForAnotherRegion(Engine engine) throws Exception {
        ForkedJvm jvm =
                connects(DATABASES.get(engine)).set("region", "us-west-2").run();

        assertThat(DATABASES.get(engine).log().with(Verdict.WRONG_REGION)).isNotEmpty();
        assertSaid(jvm, "28000", "wrong-region", "for the region us-west-2", "Correct `region`");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MYSQL"})
    void aUserWhoIsNoneOfIam(Engine engine) throws Exception {
        LocalRds rds = DATABASES.get(engine);
        boolean isMysql = engine == Engine.MYSQL;
        rds.admin(rds.writer(), "DROP USER IF EXISTS plain");
        rds.admin(
                rds.writer(),
                isMysql
                        ? "CREATE USER plain IDENTIFIED WITH mysql_native_password BY 'x'"
                        : "CREATE USER plain PASSWORD 'x'");

        ForkedJvm jvm = connects(rds).set("user", "plain").run();

        assertSaid(
                jvm,
                isMysql ? "28000" : "28P01",
                "user-not-iam",
                "database user plain",
                isMysql ? "CREATE USER plain IDENTIFIED WITH AWSAuthenticationPlugin" : "GRANT rds_iam TO plain");
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRES", "MYSQL"})
    void aServerWithoutTls(Engine engine) throws Exception {
        try (LocalRds plain =
                LocalRds.builder().engine(engine).nodes(1).tls(false).start()) {
            ForkedJvm jvm = connects(plain).run();

            assertSaid(jvm, "08", "plain-text", "speaks no TLS", "no token was sent", "switch TLS on there");
            assertThat(plain.log().logins()).isEmpty();
        }
    }

    private static void assertSaid(ForkedJvm jvm, String state, String cause, String... words) {
        assertThat(jvm.err())
                .as(jvm.all())
                .filteredOn(line -> line.contains(": no login as"))
                .singleElement()
                .asString()
                .contains("SQLState " + state, "cause " + cause + ".")
                .contains(words);
        assertThat(jvm.out("failed " + state))
                .as(jvm.all())
                .singleElement()
                .asString()
                .contains(words);
        assertThat(jvm.all()).doesNotContain("X-Amz-").doesNotContain("fault of the agent");
    }

    private static void assertNamed(Engine engine, ForkedJvm jvm, Verdict verdict, String cause, String... words) {
        LocalRds rds = DATABASES.get(engine);
        assertThat(rds.log().with(verdict)).as(jvm.all()).isNotEmpty();
        assertSaid(jvm, "28000", cause, words);
        assertThat(jvm.err())
                .as(jvm.all())
                .anySatisfy(
                        line -> assertThat(line)
                                .containsPattern(
                                        "\\[from 127\\.[\\d.]+:\\d+ to "
                                                + rds.node(1).address() + ":" + rds.port()
                                                + "; TLSv1\\.[23] TLS_\\w+; certificate of .*; token \\d+ s old, signed in eu-west-1 by"));
    }

    private ForkedJvm.Builder connects(LocalRds rds) {
        return program(rds, rds.engine() == Engine.MYSQL ? "com.example.MysqlConnects" : "com.example.Connects", "1");
    }

    private ForkedJvm.Builder program(LocalRds rds, String main, String... others) {
        boolean isMysql = rds.engine() == Engine.MYSQL;
        return ForkedJvm.of(
                        main,
                        "jdbc:" + (isMysql ? "mysql" : "postgresql") + "://" + rds.clusterHost() + ":" + rds.port()
                                + "/orders?user=app",
                        others)
                .library(isMysql ? MYSQL_DRIVER : "postgresql-" + ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .environment("AWS_ENDPOINT_URL_STS", aws.url());
    }
}
