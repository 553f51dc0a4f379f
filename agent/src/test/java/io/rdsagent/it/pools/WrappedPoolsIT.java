package io.rdsagent.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools with something before or behind them, and more than one: what is held is the same. */
@Tag("timed")
class WrappedPoolsIT {

    private static final int LOGINS = 4 * PoolRun.SIZE;
    private static final String P6SPY = "p6spy:p6spy:3.9.1";

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
    @CsvSource({
        "spring-delegating, org.springframework:spring-jdbc:6.2.0",
        "spring-lazy, org.springframework:spring-jdbc:6.2.0",
        "p6spy, " + P6SPY,
        "datasource-proxy, net.ttddyy:datasource-proxy:1.10.1",
    })
    void aWrapperAroundThePoolChangesNothing(String wrapper, String artifact) throws Exception {
        rotates(
                newest("hikari"),
                PoolRun.load(rds, newest("hikari"), wrapper, 1, PoolRun.url(rds))
                        .artifacts(List.of(artifact)));
    }

    @ParameterizedTest
    @CsvSource({"hikari", "tomcat"})
    void aWrapperAroundTheDriverIsSeenThrough(String kind) throws Exception {
        String url = PoolRun.url(rds).replace("jdbc:", "jdbc:p6spy:");
        rotates(newest(kind), PoolRun.load(rds, newest(kind), "none", 1, url).artifacts(List.of(P6SPY)));
    }

    @Test
    void twoPoolsInOneJvmAreHeldAlike() throws Exception {
        rotates(newest("hikari"), PoolRun.load(rds, newest("hikari"), "none", 2, PoolRun.url(rds)));
    }

    private static void rotates(Pool pool, ForkedJvm.Builder load) throws Exception {
        try (PoolRun run = PoolRun.start(
                rds, load.pgjdbc(ForkedJvm.NEWEST_PGJDBC).option("-Dp6spy.config.logfile=target/spy.log"))) {
            run.runUntil(LOGINS).pause();
            Awaitility.await("nobody stays longer than his time")
                    .during(PoolRun.DEADLINE)
                    .until(() -> run.ages().stream()
                            .allMatch(age ->
                                    age < PoolRun.DEADLINE.plus(PoolRun.GRACE).toMillis()));
            PoolRun.Figures figures = run.end();

            assertThat(run.jvm().out("error")).as(run.jvm().all()).isEmpty();
            assertThat(run.jvm().err()).as(pool + " is held").anyMatch(line -> line.contains("are retired by"));
            assertThat(figures.moneyAddsUp()).as(run.jvm().all()).isTrue();
            assertThat(figures.late()).as(figures.toString()).isLessThan(figures.borrows() / 100);
        }
    }

    private static Pool newest(String kind) {
        return Pool.all().stream()
                .filter(pool -> pool.kind().equals(kind))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }
}
