package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class LoginIT {

    private static LocalRds rds;

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

    static List<String> drivers() {
        return List.of("42.2.29", "42.3.8", "42.5.6", ForkedJvm.NEWEST_PGJDBC);
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void anApplicationWithoutAPasswordLogsInWithAFreshToken(String driver) throws Exception {
        ForkedJvm jvm = connects(driver, url(rds.clusterHost())).run();

        assertThat(jvm.out()).containsExactly("connected orders-1 org.postgresql.jdbc.PgConnection", "done");
        assertThat(rds.log().logins()).singleElement().satisfies(login -> {
            assertThat(login.verdict()).isEqualTo(Verdict.ACCEPTED);
            assertThat(login.tokenAge()).isLessThan(Duration.ofSeconds(30));
        });
    }

    @Test
    void aWrongPasswordInTheUrlIsReplacedWhereIamIsAskedFor() throws Exception {
        ForkedJvm jvm = connects(ForkedJvm.NEWEST_PGJDBC, url(rds.clusterHost()) + "&password=changeit&sslmode=disable")
                .set("iam", "always")
                .run();

        assertThat(jvm.out("connected")).hasSize(1);
        assertThat(jvm.all()).doesNotContain("changeit");
    }

    @Test
    void aPasswordOfTheApplicationsIsLeftToItWhereNothingElseIsAskedFor() throws Exception {
        ForkedJvm jvm = connects(ForkedJvm.NEWEST_PGJDBC, url(rds.clusterHost()) + "&password=changeit&sslmode=require")
                .run();

        assertThat(jvm.out("failed 28")).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.NOT_A_TOKEN);
    }

    @Test
    void theConfiguredUserLogsInInPlaceOfTheApplications() throws Exception {
        ForkedJvm jvm = connects(ForkedJvm.NEWEST_PGJDBC, url(rds.clusterHost()).replace("user=app", "user=legacy"))
                .set("user", "app")
                .run();

        assertThat(jvm.out("connected")).hasSize(1);
        assertThat(rds.log().logins()).extracting(Login::user).containsOnly("app");
    }

    @Test
    void theDriversDefaultUserIsNamedAsItIs() throws Exception {
        ForkedJvm jvm = connects(ForkedJvm.NEWEST_PGJDBC, url(rds.clusterHost()).replace("?user=app", ""))
                .option("-Duser.name=app")
                .run();

        assertThat(jvm.out("connected")).hasSize(1);
        assertThat(jvm.err()).anySatisfy(line -> assertThat(line).contains("Logged in as app to"));
    }

    @Test
    void anAddressThatIsNotTheEndpointsIsDialledAndTheEndpointsNameIsSignedAndVerified() throws Exception {
        String address = rds.node(2).address() + ":" + rds.port();
        ForkedJvm jvm = connects(ForkedJvm.NEWEST_PGJDBC, "jdbc:postgresql://" + address + "/orders?user=app")
                .set("match", address)
                .set("iam", "always")
                .set("sign-for", rds.node(2).host() + ":" + rds.port())
                .run();

        assertThat(jvm.out("connected orders-2")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&loginTimeout=20"})
    void aDriverThatConnectsOnAThreadOfItsOwnLogsInAsWell(String parameter) throws Exception {
        ForkedJvm jvm = connects("42.2.29", url(rds.clusterHost()) + parameter).run();

        assertThat(jvm.out("connected")).hasSize(1);
    }

    @Test
    void aQueryTimeoutCancelsOnTheNodeThatRunsTheQueryAlsoThroughAnotherAddress() throws Exception {
        String address = rds.node(2).address() + ":" + rds.port();
        ForkedJvm jvm = ForkedJvm.of("com.example.Cancels", "jdbc:postgresql://" + address + "/orders?user=app")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .set("match", address)
                .set("iam", "always")
                .set("sign-for", rds.node(2).host() + ":" + rds.port())
                .run();

        assertThat(jvm.out()).containsExactly("cancelled 57014");
    }

    @Test
    void noTokenIsInAnythingThatIsPrintedAtTheHighestLevel() throws Exception {
        ForkedJvm jvm = connects(ForkedJvm.NEWEST_PGJDBC, url(rds.clusterHost()) + "&loggerLevel=TRACE")
                .set("log.level", "debug")
                .run();

        assertThat(jvm.out("connected")).hasSize(1);
        assertThat(jvm.err()).isNotEmpty();
        assertThat(jvm.all())
                .doesNotContain("X-Amz-")
                .doesNotContain(rds.key().secret())
                .doesNotContain(rds.key().id());
    }

    @Test
    void aHostThatNobodyAskedForIsLeftAlone() throws Exception {
        ForkedJvm jvm =
                connects(ForkedJvm.NEWEST_PGJDBC, rds.adminUrl(rds.writer())).run();

        assertThat(jvm.out("connected orders-1")).hasSize(1);
        assertThat(jvm.err()).isEmpty();
    }

    private static ForkedJvm.Builder connects(String driver, String url) {
        return ForkedJvm.of("com.example.Connects", url, "1").pgjdbc(driver).on(rds);
    }

    private static String url(String host) {
        return "jdbc:postgresql://" + host + ":" + rds.port() + "/orders?user=app";
    }
}
