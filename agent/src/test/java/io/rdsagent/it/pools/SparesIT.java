package io.rdsagent.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replacements that are opened ahead of need. */
@Tag("timed")
class SparesIT {

    private static final int SIZE = 4;

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(1).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    static List<Pool> pools() {
        return List.of(newest("hikari"), newest("tomcat"));
    }

    private static Pool newest(String kind) {
        return Pool.all().stream()
                .filter(pool -> pool.kind().equals(kind))
                .reduce((older, newer) -> newer)
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("pools")
    void aPoolThatRotatesIsGivenWhatWasOpenedAheadAndLogsInNoMoreForIt(Pool pool) throws Exception {
        try (PoolRun run = PoolRun.start(rds, pool, ForkedJvm.NEWEST_PGJDBC)) {
            run.runUntil(6 * PoolRun.SIZE).pause();
            PoolRun.Figures figures = run.end();

            assertThat(said(run.jvm(), "was given to a connect"))
                    .as(run.jvm().all())
                    .hasSizeGreaterThanOrEqualTo(2 * PoolRun.SIZE);
            assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
            assertThat(figures.logins()).as(figures.toString()).isLessThanOrEqualTo(figures.explained() * 12 / 10);
            assertThat(figures.errors()).isZero();
            assertThat(figures.moneyAddsUp()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("pools")
    void poolsWithOtherPropertiesNeverGetEachOthersAndWhenTheyAreClosedNoSpareIsLeft(Pool pool) throws Exception {
        try (ForkedJvm jvm = twoPools(pool)) {
            Awaitility.await("rotation")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> sessions("one") <= SIZE + 1
                            && sessions("two") <= SIZE + 1
                            && said(jvm, "was given to a connect").size() >= 4 * SIZE);
            jvm.say("close");
            jvm.await("closed");

            Awaitility.await("no session left, while the program runs on")
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> sessions("one") + sessions("two") == 0);
            jvm.say("end");
            jvm.end();

            assertThat(jvm.out("error")).as(jvm.all()).isEmpty();
            assertThat(rds.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
        }
    }

    private static ForkedJvm twoPools(Pool pool) throws Exception {
        return ForkedJvm.of(
                        "com.example.pools.TwoPools",
                        pool.kind(),
                        "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app",
                        String.valueOf(SIZE))
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .artifacts(pool.artifacts())
                .on(rds)
                .set("lifetime", "4s")
                .set("lifetime.margin", "1s")
                .set("log.level", "debug")
                .start();
    }

    private static List<String> said(ForkedJvm jvm, String words) {
        return jvm.err().stream().filter(line -> line.contains(words)).toList();
    }

    private static int sessions(String name) {
        return rds.admin(rds.writer(), "SELECT 1 FROM pg_stat_activity WHERE application_name = '" + name + "'")
                .size();
    }
}
