package io.rdsagent.it.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A metadata service that takes connections and never answers. */
@Tag("timed")
class DeadMetadataIT {

    private static final AwsStub.Keys KEYS =
            new AwsStub.Keys("ASIAINSTANCEINSTANC1", "instance/secret", "instance/session");

    private static LocalRds rds;

    private AwsStub aws;

    @BeforeAll
    static void start() {
        rds = LocalRds.builder()
                .nodes(1)
                .credentials(KEYS.id(), KEYS.secret(), KEYS.session())
                .start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void open() throws IOException {
        rds.log().clear();
        aws = new AwsStub(KEYS);
    }

    @AfterEach
    void close() throws IOException {
        aws.close();
    }

    /**
     * Of the container, whose credentials end so soon that within the test they have to be asked for again: the SDK does so
     * a minute before their end at the latest, and at a random time before that.
     */
    @Test
    void connectsGoOnWithTheTokenThatIsThere() throws Exception {
        aws.credentialsLastFor(Duration.ofSeconds(100));
        try (ForkedJvm jvm = application("com.example.ConnectsOnDemand", "?user=app&loginTimeout=5")
                .environment("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.url() + "/container")
                .environment("AWS_CONTAINER_AUTHORIZATION_TOKEN", "of-the-container")
                .start()) {
            jvm.await("connected");
            aws.fallSilent();
            int connects =
                    1 + connectUntilTheDeadServiceIsAsked(jvm, aws.requests().size());
            jvm.say("again");
            jvm.say("stop");
            jvm.end();

            assertThat(jvm.out("connected")).as(jvm.all()).hasSize(connects + 1);
            assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
        }
    }

    private int connectUntilTheDeadServiceIsAsked(ForkedJvm jvm, int asked) {
        AtomicInteger connects = new AtomicInteger();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    jvm.say("again");
                    connects.incrementAndGet();
                    return aws.requests().size() > asked;
                });
        return connects.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"?user=app&loginTimeout=4", "?user=app"})
    void withoutATokenTheConnectFailsWithinTheLoginTimeoutAndSaysWhy(String parameters) throws Exception {
        aws.fallSilent();

        ForkedJvm jvm = application("com.example.Connects", parameters, "1", "4")
                .environment("AWS_EC2_METADATA_DISABLED", "false")
                .environment("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url())
                // More patience than the application has: who gives up is the agent.
                .environment("AWS_METADATA_SERVICE_TIMEOUT", "30")
                .run();

        assertThat(jvm.out("failed 28000"))
                .as(jvm.all())
                .singleElement()
                .asString()
                .containsPattern("No token was signed within \\d+ ms")
                .contains("metadata service");
    }

    private ForkedJvm.Builder application(String program, String parameters, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders" + parameters;
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return ForkedJvm.of(program, all)
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .withoutKeys();
    }
}
