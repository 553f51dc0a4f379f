package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.given.Configured;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that neither answers nor refuses: its probes wait, and others begin meanwhile. */
class SilenceTest extends Watched {

    private static final Duration FROM_LAST_WORD_TO_DEATH = Duration.ofSeconds(9);

    @Test
    void atTheDefaultsItIsDeadNineSecondsAfterItsLastWordAtTheLatest() {
        watched("iam=auto");
        long lastWord = time.millis();
        silence = new IOException("no answer");
        meanwhile = () -> {
            time.advance(Duration.ofSeconds(1));
            runProbers();
            time.advance(Duration.ofSeconds(3));
        };

        time.advance(LONGEST_INTERVAL);
        runProbers();

        assertThat(consequences).containsExactly("silent", "dead");
        assertThat(diedAt - lastWord).isLessThanOrEqualTo(FROM_LAST_WORD_TO_DEATH.toMillis());
        assertThat(events.health).allSatisfy(change -> assertThat(change.why).isEqualTo("no answer within 2000 ms"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 1000, 1500, 1999, 2001, 2500, 3000, 3500, 3990})
    void oneThatAnswersBeforeTheLastProbeHasFailedIsNeverDead(int slowness) {
        watched("iam=auto");
        meanwhile = () -> time.advance(Duration.ofMillis(slowness));

        for (int i = 0; i < 10; i++) {
            time.advance(LONGEST_INTERVAL);
            runProbers();
        }

        assertThat(consequences).doesNotContain("dead");
        assertThat(consequences.isEmpty()).isEqualTo(slowness < 2000);
    }

    @Test
    void asManyProbesAreUnderWayAtMostAsItTakesToDie() {
        watched("dead.after=4");
        silence = new IOException("no answer");
        int[] underWay = {0, 0};
        meanwhile = () -> {
            underWay[0]++;
            underWay[1] = Math.max(underWay[1], underWay[0]);
            time.advance(Duration.ofSeconds(1));
            runProbers();
            underWay[0]--;
        };

        time.advance(LONGEST_INTERVAL);
        runProbers();

        assertThat(underWay[1]).isEqualTo(4);
    }

    @Test
    void withDeadAfterOffNothingIsEverCut() {
        watched("dead.after=off");
        silence = new IOException("no answer");
        meanwhile = () -> {
            time.advance(Duration.ofSeconds(1));
            runProbers();
            time.advance(Duration.ofSeconds(3));
        };

        for (int i = 0; i < 10; i++) {
            time.advance(LONGEST_INTERVAL);
            runProbers();
        }

        assertThat(consequences).containsExactly("silent");
    }

    @Test
    void whereManyAreFrozenAtOnceTheVerdictOnEachWaitsForNoThread() throws Exception {
        int servers = 8;
        ExecutorService few = Executors.newFixedThreadPool(12);
        CountDownLatch waiting = new CountDownLatch(servers);
        CountDownLatch over = new CountDownLatch(1);
        meanwhile = () -> {
            waiting.countDown();
            try {
                over.await();
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        };
        try {
            Health health = health(few);
            for (int i = 0; i < servers; i++) {
                health.watch(Configured.orders(
                        Configured.database("dead.after=3"),
                        Configured.endpoint("localhost:" + server.getLocalPort())));
            }

            time.advance(LONGEST_INTERVAL);
            assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
            time.advance(Duration.ofSeconds(4));

            assertThat(consequences).filteredOn("dead"::equals).hasSize(servers);
        } finally {
            over.countDown();
            few.shutdown();
            assertThat(few.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }
    }
}
