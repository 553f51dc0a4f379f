package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rdsagent.event.HealthChange;
import io.rdsagent.given.Configured;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What follows from the probes of an endpoint in turn. */
class HealthTest extends Watched {

    @RepeatedTest(20)
    void theFirstProbeComesAfterAnIntervalOrUpToAFifthSooner() {
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
            assertThat(events.probes).hasSize(i).allMatch(probe -> probe.answered);
            assertThat(time.waiting()).hasSize(1);
            assertThat(time.waiting().get(0)).isBetween(Duration.ofSeconds(4), LONGEST_INTERVAL);
        }
        assertThat(events.health).isEmpty();
    }

    @Test
    void whereThereWasNoMemoryToPlanAProbeItIsPlannedLater() {
        Health health = watched("health.interval=5s");
        time.advance(time.waiting().get(0));
        time.exhausted = true;
        assertThatThrownBy(this::runProbers).isInstanceOf(OutOfMemoryError.class);
        time.exhausted = false;
        health.goOn();
        assertThat(time.waiting()).as("one may still be under way").isEmpty();

        time.pass(Duration.ofMinutes(1));
        health.goOn();
        probe();

        assertThat(probed).isEqualTo(1);
        assertThat(time.waiting()).hasSize(1);
    }

    @Test
    void aFailedProbeSilencesTheEndpointAndIsRepeatedInHalfASecond() {
        watched("dead.after=3");
        silence = new IOException("connection refused");

        probe();

        assertThat(endpoint.isHealthy()).isFalse();
        assertThat(endpoint.isDead()).isFalse();
        assertThat(events.probes).singleElement().matches(probe -> !probe.answered);
        assertThat(consequences).containsExactly("silent");
        assertThat(time.waiting()).containsExactly(Duration.ofMillis(500));
        assertThat(events.health).singleElement().satisfies(change -> {
            assertThat(change.state).isEqualTo(HealthChange.State.SILENT);
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

    @Test
    void theLongerItIsDownTheLessOftenItIsAskedUpToTheInterval() {
        watched("dead.after=3;health.interval=5s");
        silence = new IOException("connection refused");
        List<Long> pauses = new ArrayList<>();

        for (int i = 0; i < 8; i++) {
            probe();
            pauses.add(time.waiting().get(0).toMillis());
        }

        assertThat(pauses.subList(0, 6)).containsExactly(500L, 500L, 500L, 1000L, 2000L, 4000L);
        assertThat(pauses.subList(6, 8)).allSatisfy(pause -> assertThat(pause).isBetween(4000L, 5000L));
    }

    @Test
    void oneThatIsForgottenIsAskedNoMore() {
        Health health = watched("dead.after=3");

        health.forget(endpoint);

        assertThat(time.waiting()).isEmpty();
        health.suspect(endpoint);
        assertThat(probers).isEmpty();
    }

    @Test
    void oneThatIsForgottenWhileItIsAskedIsAskedNoMore() {
        Health health = watched("dead.after=3");
        silence = new IOException("connection refused");
        meanwhile = () -> health.forget(endpoint);

        probe();

        assertThat(time.waiting()).isEmpty();
        assertThat(consequences).isEmpty();
    }

    @Test
    void oneThatLeavesItsDatabaseIsAskedUntilItsConnectionsAreGone() {
        Health health = watched("dead.after=3");
        endpoint.opened();
        health.forget(endpoint);
        silence = new IOException("connection refused");

        probe();
        probe();
        probe();
        assertThat(consequences).as("somebody may be stuck there").containsExactly("silent", "dead");

        endpoint.closed();
        probe();
        assertThat(time.waiting()).isEmpty();
    }

    @Test
    void oneThatComesBackWhileItHasConnectionsIsAskedOn() {
        Health health = watched("dead.after=3");
        endpoint.opened();
        health.forget(endpoint);
        health.watch(Configured.orders(Configured.database("iam=auto"), endpoint));
        endpoint.closed();

        probe();

        assertThat(time.waiting()).hasSize(1);
    }
}
