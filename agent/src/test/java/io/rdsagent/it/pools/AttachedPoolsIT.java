package io.rdsagent.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

/** A pool that is in use when the agent comes. */
class AttachedPoolsIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(1).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hikari", "tomcat"})
    void whatIsThereStaysUntilThePoolLetsItGoAndWhatIsMadeAfterIsHeld(String kind) throws Exception {
        Pool pool = Pool.all().stream()
                .filter(any -> any.kind().equals(kind))
                .reduce((older, newer) -> newer)
                .orElseThrow();
        try (PoolRun run = PoolRun.start(
                rds,
                PoolRun.load(rds, pool, "none", 1, urlWithAToken())
                        .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                        .set("iam", "always")
                        .withoutAgent())) {
            run.runUntil(PoolRun.SIZE);
            ByteBuddyAgent.attach(
                    ForkedJvm.AGENT.toFile(), String.valueOf(run.jvm().pid()));
            Awaitility.await("the old connections are older than any new one may be")
                    .until(() -> oldest(run)
                            > PoolRun.DEADLINE
                                    .plus(PoolRun.GRACE)
                                    .multipliedBy(2)
                                    .toMillis());
            assertThat(run.jvm().out("error")).as(run.jvm().all()).isEmpty();

            renew(run);
            run.runUntil(6 * PoolRun.SIZE).pause();
            Awaitility.await("nobody stays longer than his time")
                    .during(PoolRun.DEADLINE)
                    .until(() ->
                            oldest(run) < PoolRun.DEADLINE.plus(PoolRun.GRACE).toMillis());
            PoolRun.Figures figures = run.end();

            assertThat(run.jvm().out("error")).as(run.jvm().all()).isEmpty();
            assertThat(figures.moneyAddsUp()).as(run.jvm().all()).isTrue();
            assertThat(run.jvm().err()).anyMatch(line -> line.contains("are retired by"));
        }
    }

    private static void renew(PoolRun run) throws IOException {
        run.jvm().say("renew");
    }

    private static long oldest(PoolRun run) {
        return run.ages().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** How an application without the agent would do it, once. */
    private static String urlWithAToken() {
        String token = RdsUtilities.builder()
                .region(Region.of(rds.region()))
                .credentialsProvider(StaticCredentialsProvider.create(keys()))
                .build()
                .generateAuthenticationToken(request ->
                        request.hostname(rds.clusterHost()).port(rds.port()).username("app"));
        return PoolRun.url(rds) + "&sslmode=verify-full&sslrootcert=" + rds.caFile() + "&password="
                + URLEncoder.encode(token, StandardCharsets.UTF_8);
    }

    private static AwsCredentials keys() {
        String id = rds.environment().get("AWS_ACCESS_KEY_ID");
        String secret = rds.environment().get("AWS_SECRET_ACCESS_KEY");
        String session = rds.environment().get("AWS_SESSION_TOKEN");
        return session == null
                ? AwsBasicCredentials.create(id, secret)
                : AwsSessionCredentials.create(id, secret, session);
    }
}
