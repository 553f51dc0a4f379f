package io.rdsagent.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import java.time.Duration;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A pool that is in use when the agent comes. */
@Tag("timed")
class AttachedPoolsIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(1).start();
        rds.admin(rds.writer(), "CREATE ROLE before LOGIN PASSWORD 'before'");
        rds.admin(rds.writer(), "GRANT ALL ON SCHEMA public TO before");
        rds.admin(rds.writer(), "GRANT before TO app");
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    static List<String> kinds() {
        return "all".equals(System.getProperty("matrix"))
                ? List.of("hikari", "tomcat", "dbcp2", "c3p0", "druid", "agroal", "vibur")
                : List.of("hikari", "dbcp2");
    }

    static List<String> kindsThatLook() {
        return "all".equals(System.getProperty("matrix"))
                ? List.of("dbcp2", "tomcat", "c3p0")
                : List.of("dbcp2", "tomcat");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsThereIsReplacedAsItIsBorrowedAndWhatIsMadeAfterIsHeld(String kind) throws Exception {
        try (PoolRun run = PoolRun.start(
                rds,
                PoolRun.load(rds, newest(kind), "none", 1, urlFromBefore())
                        .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                        .set("iam", "always")
                        .set("user", "app")
                        .withoutAgent())) {
            run.run();
            Awaitility.await("a full pool").until(() -> before().size() == PoolRun.SIZE);
            ByteBuddyAgent.attach(
                    ForkedJvm.AGENT.toFile(), String.valueOf(run.jvm().pid()));

            Awaitility.await("the old connections gone").until(() -> before().isEmpty());
            run.await(4 * PoolRun.SIZE).pause();
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

    /** Nobody borrows; the pool itself looks at what lies in it. */
    @ParameterizedTest
    @MethodSource("kindsThatLook")
    void whatLiesIdleIsReplacedAsItsPoolLooksAtIt(String kind) throws Exception {
        try (ForkedJvm jvm = ForkedJvm.of(
                        "com.example.pools.IdlePool", kind, urlFromBefore(), String.valueOf(PoolRun.SIZE))
                .artifacts(newest(kind).artifacts())
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .set("iam", "always")
                .set("user", "app")
                .withoutAgent()
                .start()) {
            jvm.await("ready");
            assertThat(before()).hasSize(PoolRun.SIZE);

            ByteBuddyAgent.attach(
                    ForkedJvm.AGENT.toFile(),
                    String.valueOf(jvm.pid()),
                    "lifetime=20s;lifetime.margin=1s;discover=none");

            Awaitility.await("the old connections gone")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(before()).as(jvm.all()).isEmpty());
            Awaitility.await("others in their place")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> sessions("app").size() >= PoolRun.SIZE);
        }
    }

    private static Pool newest(String kind) {
        return Pool.all().stream()
                .filter(any -> any.kind().equals(kind))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    private static String urlFromBefore() {
        return PoolRun.url(rds).replace("user=app", "user=before&password=before&sslmode=require");
    }

    private static long oldest(PoolRun run) {
        return run.ages().stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static List<List<String>> before() {
        return sessions("before");
    }

    private static List<List<String>> sessions(String user) {
        return rds.admin(rds.writer(), "SELECT pid FROM pg_stat_activity WHERE usename = '" + user + "'");
    }
}
