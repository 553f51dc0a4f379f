package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.given.Configured;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {

    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(6);

    private final VirtualTime time = new VirtualTime();
    private final RecordedEvents events = new RecordedEvents();
    private final List<String> consequences = new ArrayList<>();
    private final Queue<Runnable> probers = new ArrayDeque<>();
    private IOException silence;
    private int probed;
    private ServerSocket server;
    private Endpoint endpoint;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        endpoint = Configured.endpoint("127.0.0.1:" + server.getLocalPort());
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @RepeatedTest(20)
    void theFirstProbeComesAfterAnIntervalWithAFifthOfJitter() {
        watched("health.interval=5s");

        assertThat(time.waiting()).hasSize(1);
        assertThat(time.waiting().get(0)).isBetween(Duration.ofSeconds(4), LONGEST_INTERVAL);
    }

    @Test
    void theJitterKeepsManyJvmsFromProbingInStep() {
        Health health = health();
        for (int i = 0; i < 50; i++) {
            health.watch(
                    Configured.orders(Configured.database("health.interval=5s"), Configured.endpoint("a:" + (i + 1))));
        }

        assertThat(time.waiting().stream().distinct().count()).isGreaterThan(10);
    }

    @RepeatedTest(10)
    void eachProbeIsFollowedByOneAnIntervalLater() {
        watched("health.interval=5s");

        for (int i = 1; i <= 3; i++) {
            time.advance(time.waiting().get(0));
            runProbers();
            assertThat(probed).isEqualTo(i);
            assertThat(time.waiting()).hasSize(1);
            assertThat(time.waiting().get(0)).isBetween(Duration.ofSeconds(4), LONGEST_INTERVAL);
        }
        assertThat(events.health).isEmpty();
    }

    @Test
    void aFailedProbeSilencesTheEndpointAndIsRepeatedInHalfASecond() {
        watched("dead.after=3");
        silence = new IOException("connection refused");

        probe();

        assertThat(endpoint.isHealthy()).isFalse();
        assertThat(endpoint.isDead()).isFalse();
        assertThat(consequences).containsExactly("silent");
        assertThat(time.waiting()).containsExactly(Duration.ofMillis(500));
        assertThat(events.health).singleElement().satisfies(change -> {
            assertThat(change.healthy).isFalse();
            assertThat(change.database).isEqualTo("orders");
            assertThat(change.endpoint).isEqualTo(endpoint.toString());
            assertThat(change.why).isEqualTo("connection refused");
        });
    }

    @Test
    void anIntervalShorterThanHalfASecondIsKeptWhileItIsDown() {
        watched("health.interval=100ms");
        silence = new IOException("connection refused");

        probe();

        assertThat(time.waiting().get(0)).isLessThanOrEqualTo(Duration.ofMillis(120));
    }

    @Test
    void afterSoManyFailedProbesItIsDeadAndThatIsSaidOnce() {
        watched("dead.after=3");
        silence = new IOException("connection refused");

        probe();
        probe();
        assertThat(endpoint.isDead()).isFalse();
        probe();
        assertThat(endpoint.isDead()).isTrue();
        probe();

        assertThat(consequences).containsExactly("silent", "dead");
        assertThat(events.health).hasSize(1);
    }

    @Test
    void whenOneFailureIsEnoughItIsSilentFirstAndThenDead() {
        watched("dead.after=1");
        silence = new IOException("connection refused");

        probe();

        assertThat(consequences).containsExactly("silent", "dead");
        assertThat(endpoint.isHealthy()).isFalse();
    }

    @Test
    void withDeadAfterOffItIsNeverDead() {
        watched("dead.after=off");
        silence = new IOException("connection refused");

        for (int i = 0; i < 20; i++) {
            probe();
        }

        assertThat(endpoint.isHealthy()).isFalse();
        assertThat(endpoint.isDead()).isFalse();
        assertThat(consequences).containsExactly("silent");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void aProbeThatIsAnsweredHasItServeAgain(int failures) {
        watched("dead.after=3");
        silence = new IOException("connection refused");
        for (int i = 0; i < failures; i++) {
            probe();
        }
        silence = null;

        probe();

        assertThat(endpoint.isHealthy()).isTrue();
        assertThat(endpoint.isDead()).isFalse();
        assertThat(events.health).hasSize(2);
        assertThat(events.health.get(1).healthy).isTrue();
        assertThat(events.health.get(1).why).isEqualTo("a probe was answered");
        assertThat(time.waiting().get(0)).isGreaterThanOrEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void failuresCountOnlyInARow() {
        watched("dead.after=3");
        for (int i = 0; i < 4; i++) {
            silence = new IOException("connection refused");
            probe();
            probe();
            silence = null;
            probe();
        }

        assertThat(consequences).containsOnly("silent").hasSize(4);
    }

    @Test
    void aLoginThatWentThroughProvesItAlive() {
        Health health = watched("dead.after=1");
        silence = new IOException("connection refused");
        probe();

        health.proven(endpoint);

        assertThat(endpoint.isHealthy()).isTrue();
        assertThat(events.health.get(1).why).isEqualTo("a login went through");
        probe();
        assertThat(consequences).containsExactly("silent", "dead", "silent", "dead");
    }

    @Test
    void aProofOfWhatServesAnywayIsNoNews() {
        Health health = watched("dead.after=1");

        health.proven(endpoint);
        health.proven(Configured.endpoint("stranger:1"));

        assertThat(events.health).isEmpty();
    }

    @Test
    void aSuspectIsAskedAtOnce() {
        Health health = watched("dead.after=3");
        silence = new IOException("connection refused");

        health.suspect(endpoint);
        runProbers();

        assertThat(consequences).containsExactly("silent");
        assertThat(time.waiting()).containsExactly(Duration.ofMillis(500));
    }

    @Test
    void aStrangerIsNotAsked() {
        Health health = watched("dead.after=3");

        health.suspect(Configured.endpoint("stranger:1"));

        assertThat(probers).isEmpty();
    }

    @Test
    void whenItIsNotKnownWhichBrokeAllAreAsked() {
        Health health = watched("dead.after=3");
        health.watch(Configured.orders(Configured.database("iam=auto"), Configured.endpoint("127.0.0.1:1")));

        health.suspectAll();

        assertThat(probers).hasSize(2);
    }

    @Test
    void howeverManyComplainAtOnceItIsAskedOnce() {
        Health health = watched("dead.after=3");

        for (int i = 0; i < 50; i++) {
            health.suspect(endpoint);
        }
        runProbers();

        assertThat(probed).isEqualTo(1);
    }

    @Test
    void complaintsAreHeardAgainAfterAFifthOfASecond() {
        Health health = watched("dead.after=3");
        health.suspect(endpoint);
        runProbers();

        time.advance(Duration.ofMillis(199));
        health.suspect(endpoint);
        runProbers();
        assertThat(probed).isEqualTo(1);
        time.advance(Duration.ofMillis(1));
        health.suspect(endpoint);
        runProbers();
        assertThat(probed).isEqualTo(2);
    }

    @Test
    void aProbeOnDemandTakesThePlaceOfTheOneThatWasDue() {
        Health health = watched("health.interval=5s");

        health.suspect(endpoint);
        runProbers();

        assertThat(time.waiting()).hasSize(1);
    }

    @Test
    void anEndpointIsWatchedOnceHoweverOftenItsDatabaseIs() {
        Database database = Configured.orders(Configured.database("iam=auto"), endpoint);
        Health health = health();

        health.watch(database);
        health.watch(database);

        assertThat(time.waiting()).hasSize(1);
    }

    @Test
    void aSilenceWithoutWordsIsSaidByItsKindAndAskedAgain() {
        watched("dead.after=3");
        time.advance(LONGEST_INTERVAL);
        silence = new IOException((String) null);
        runProbers();

        assertThat(events.health)
                .singleElement()
                .satisfies(change -> assertThat(change.why).isEqualTo("IOException"));
        assertThat(time.waiting()).hasSize(1);
    }

    private Health watched(String settings) {
        Health health = health();
        health.watch(Configured.orders(Configured.database(settings), endpoint));
        return health;
    }

    private Health health() {
        Probe probe = new Probe(
                (socket, name) -> {
                    probed++;
                    if (silence != null) {
                        throw silence;
                    }
                },
                time.timer());
        return new Health(probe, time, time.timer(), probers::add, recorded(), events);
    }

    private Health.Consequence recorded() {
        return new Health.Consequence() {
            @Override
            public void silent(Database database, Endpoint silenced) {
                consequences.add("silent");
            }

            @Override
            public void dead(Database database, Endpoint died) {
                consequences.add("dead");
            }
        };
    }

    /** Waits for the next probe and has it done. */
    private void probe() {
        time.advance(time.waiting().get(0));
        runProbers();
    }

    private void runProbers() {
        while (!probers.isEmpty()) {
            probers.remove().run();
        }
    }
}
