package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Node;
import io.rdsagent.localrds.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("quick")
@Tag("timed")
class RotationIT {

    private static final Duration LIFETIME = Duration.ofSeconds(4);
    /** Half of it may be spent on waiting for a turn; the rest is for a slow machine's logins, of which an age is counted. */
    private static final Duration MARGIN = Duration.ofSeconds(2);

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

    @AfterEach
    void revive() {
        rds.nodes().stream().filter(node -> !node.running()).forEach(Node::start);
    }

    static List<String> pools() {
        return List.of("4.0.3", "5.1.0", ForkedJvm.NEWEST_HIKARICP);
    }

    @ParameterizedTest
    @MethodSource("pools")
    void connectionsLeaveTheirPoolBeforeTheirTimeWithoutAnError(String pool) throws Exception {
        try (ForkedJvm jvm = load(pool, rds.clusterHost(), 8, 4, "0", "writing").start()) {
            jvm.await("ready");
            List<Double> ages = agesUntil(rds.writer(), 40);
            jvm.say("stop");
            jvm.end();

            assertThat(jvm.out("error")).as(jvm.all()).isEmpty();
            assertThat(jvm.out("sum 1000")).as(jvm.all()).hasSize(1);
            assertThat(jvm.out().get(jvm.out().size() - 1)).endsWith("errors 0 total 8");
            // A busy machine may close one a little later than it wanted to.
            assertThat(ages.stream().filter(age -> age > LIFETIME.toMillis() / 1000.0))
                    .as("of %s ages in seconds: %s", ages.size(), ages)
                    .hasSizeLessThanOrEqualTo(ages.size() / 100);
            assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
        }
    }

    @ParameterizedTest
    @MethodSource("pools")
    void aTransactionThatOutlivesTheDeadlineIsLeftAloneAndItsConnectionGoesAfterIt(String pool) throws Exception {
        try (ForkedJvm jvm =
                load(pool, rds.clusterHost(), 4, 2, "5000", "writing").start()) {
            jvm.await("ready");
            agesUntil(rds.writer(), 14);
            jvm.say("stop");
            jvm.end();

            assertThat(jvm.out("error")).as(jvm.all()).isEmpty();
            assertThat(jvm.out("sum 1000")).as(jvm.all()).hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("pools")
    void idleConnectionsOfAnEndpointThatDiedLeaveTheirPoolWithoutTraffic(String pool) throws Exception {
        String endpoints =
                rds.node(1).host() + ":" + rds.port() + "," + rds.node(2).host() + ":" + rds.port();
        try (ForkedJvm jvm = load(pool, rds.clusterHost(), 6, 0, "0", "reading")
                .set("endpoints", endpoints)
                .set("role", "any")
                .set("lifetime", "off")
                .set("health.interval", "500ms")
                .start()) {
            jvm.await("ready");
            awaitSessions(rds.node(1), 3);
            awaitSessions(rds.node(2), 3);

            rds.node(2).kill();

            awaitSessions(rds.node(1), 6);
            jvm.say("stop");
            jvm.end();
            assertThat(jvm.out("borrows 0 errors 0 total 6")).as(jvm.all()).hasSize(1);
            assertThat(jvm.err()).anySatisfy(line -> assertThat(line).contains("gives no sign of life"));
        }
    }

    @Test
    void aThreadThatWaitsForAFrozenEndpointGetsItsException() throws Exception {
        String endpoints =
                rds.node(1).host() + ":" + rds.port() + "," + rds.node(2).host() + ":" + rds.port();
        try (ForkedJvm jvm = load(ForkedJvm.NEWEST_HIKARICP, rds.clusterHost(), 4, 4, "0", "reading")
                .set("endpoints", endpoints)
                .set("role", "any")
                .set("lifetime", "off")
                .set("health.interval", "500ms")
                .set("health.timeout", "300ms")
                .start()) {
            jvm.await("ready");
            awaitSessions(rds.node(2), 2);

            rds.node(2).freeze();
            try {
                jvm.await("error 08");
                awaitSessions(rds.node(1), 4);
            } finally {
                rds.node(2).thaw();
            }
            jvm.say("stop");
            jvm.end();
            assertThat(jvm.out("error")).as(jvm.all()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void theDriversOwnValidityCheckAnswersTheSame() throws Exception {
        ForkedJvm jvm = ForkedJvm.of("com.example.Validates", url(rds.clusterHost()))
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .set("lifetime", "1s")
                .set("lifetime.margin", "100ms")
                .run();

        assertThat(jvm.out()).containsExactly("valid true", "valid false, closed false", "still serves");
    }

    private static ForkedJvm.Builder load(
            String pool, String host, int size, int threads, String longMillis, String kind) {
        return ForkedJvm.of(
                        "com.example.PoolLoad",
                        url(host),
                        String.valueOf(size),
                        String.valueOf(threads),
                        longMillis,
                        kind)
                .pgjdbc("42.2.29")
                .hikaricp(pool)
                .on(rds)
                .set("lifetime", LIFETIME.toSeconds() + "s")
                .set("lifetime.margin", MARGIN.toSeconds() + "s");
    }

    private static String url(String host) {
        return "jdbc:postgresql://" + host + ":" + rds.port() + "/orders?user=app";
    }

    /** The ages of the application's sessions, looked at until so many logins have been accepted. */
    private static List<Double> agesUntil(Node node, int logins) {
        List<Double> ages = new ArrayList<>();
        Awaitility.await()
                .pollInterval(Duration.ofMillis(100))
                .atMost(Duration.ofSeconds(60))
                .until(() -> {
                    for (List<String> row : rds.admin(
                            node,
                            "SELECT extract(epoch FROM clock_timestamp() - backend_start) FROM pg_stat_activity"
                                    + " WHERE usename = 'app'")) {
                        ages.add(Double.valueOf(row.get(0)));
                    }
                    return rds.log().with(Verdict.ACCEPTED).size() >= logins;
                });
        return ages;
    }

    private static void awaitSessions(Node node, int count) {
        Awaitility.await(count + " sessions on " + node.name())
                .atMost(Duration.ofSeconds(30))
                .until(() -> rds.admin(node, "SELECT pid FROM pg_stat_activity WHERE usename = 'app'")
                                .size()
                        == count);
    }
}
