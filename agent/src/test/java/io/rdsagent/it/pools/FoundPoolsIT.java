package io.rdsagent.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Verdict;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pools that nobody knows. */
@Tag("timed")
class FoundPoolsIT {

    private static final int SIZE = 6;

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

    @ParameterizedTest
    @ValueSource(strings = {"vector", "reviving"})
    void aPoolThatLooksAtWhatItHandsOutIsFoundAndRotates(String kind) throws Exception {
        ForkedJvm jvm = run(load(kind), () -> accepted() >= 3 * SIZE);

        assertThat(jvm.err()).anySatisfy(line -> assertThat(line).contains("takes a new connection in place of one"));
    }

    @Test
    void aPoolThatHandsOutWhatIsDeadCostsOneSlotAndNoErrorAndIsLeftAloneAndSaid() throws Exception {
        ForkedJvm jvm = load("lifo").start();
        run(jvm, () -> !said(jvm, "leaves this pool alone").isEmpty());

        assertThat(said(jvm, "LifoDataSource")).isNotEmpty();
        assertThat(accepted()).isLessThanOrEqualTo(SIZE + 1);
    }

    @Test
    void aPoolThatCantBeSeenThroughIsOnlyObservedAndSaidOnce() throws Exception {
        ForkedJvm jvm = load("aging").start();
        run(jvm, () -> !said(jvm, "pool.too-old").isEmpty());

        assertThat(said(jvm, "past their time and stay open")).hasSize(1);
        assertThat(accepted()).isLessThanOrEqualTo(SIZE);
    }

    @Test
    void aSettingNamesTheMethodThatTellsWhetherItIsTooOld() throws Exception {
        run(
                load("aging").set("pool.too-old", "com.example.pools.odd.AgingDataSource$Entry#isExpired"),
                () -> accepted() >= 3 * SIZE);
    }

    private interface Enough {
        boolean isReached();
    }

    private static ForkedJvm run(ForkedJvm.Builder load, Enough enough) throws Exception {
        return run(load.start(), enough);
    }

    private static ForkedJvm run(ForkedJvm jvm, Enough enough) throws Exception {
        try (jvm) {
            jvm.await("ready");
            jvm.say("run");
            Awaitility.await("enough of it")
                    .atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(
                                    enough.isReached() || !jvm.out("error").isEmpty())
                            .as(jvm.all())
                            .isTrue());
            jvm.say("pause");
            jvm.await("paused");
            jvm.say("stop");
            jvm.end();
            assertThat(jvm.out("error")).as(jvm.all()).isEmpty();
            assertThat(jvm.out("sum 1000")).as(jvm.all()).hasSize(1);
            return jvm;
        }
    }

    private static java.util.List<String> said(ForkedJvm jvm, String words) {
        return jvm.err().stream().filter(line -> line.contains(words)).toList();
    }

    private static int accepted() {
        return rds.log().with(Verdict.ACCEPTED).size();
    }

    private static ForkedJvm.Builder load(String kind) {
        return ForkedJvm.of(
                        "com.example.pools.MixedLoad",
                        kind,
                        "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app",
                        String.valueOf(SIZE),
                        "8",
                        "3000",
                        "1000000",
                        "none",
                        "1")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .set("lifetime", "4s")
                .set("lifetime.margin", "1s");
    }
}
