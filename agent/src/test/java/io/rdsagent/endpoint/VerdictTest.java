package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.event.HealthChange;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows from the answers and the silence of an endpoint, and what it takes to be trusted again. */
class VerdictTest extends Watched {

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
        assertThat(events.health)
                .extracting(change -> change.state)
                .containsExactly(HealthChange.State.SILENT, HealthChange.State.DEAD);
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
        assertThat(events.health).hasSize(failures < 3 ? 2 : 3);
        assertThat(events.health).last().satisfies(change -> {
            assertThat(change.state).isEqualTo(HealthChange.State.SERVING);
            assertThat(change.why).isEqualTo("a probe was answered");
        });
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
            serve(Duration.ofMinutes(2));
        }

        assertThat(consequences).containsOnly("silent").hasSize(4);
    }

    @Test
    void anEndpointThatGoesDownAgainSoonHasToAnswerMoreOftenBeforeItIsTrusted() {
        watched("dead.after=3");
        List<Integer> answersNeeded = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            silence = new IOException("connection refused");
            probe();
            silence = null;
            int answers = 0;
            while (!endpoint.isHealthy()) {
                probe();
                answers++;
            }
            answersNeeded.add(answers);
        }

        assertThat(answersNeeded).containsExactly(1, 2, 4, 8, 8, 8);
    }

    @Test
    void aFailureWhileItProvesItselfBeginsTheProofAnew() {
        watched("dead.after=3");
        silence = new IOException("connection refused");
        probe();
        silence = null;
        probe();
        silence = new IOException("connection refused");
        probe();
        silence = null;
        probe();
        silence = new IOException("connection refused");
        probe();
        silence = null;
        probe();

        assertThat(endpoint.isHealthy()).isFalse();
        probe();
        assertThat(endpoint.isHealthy()).isTrue();
    }

    @Test
    void oneThatHasServedForAMinuteIsTrustedAtOnceTheNextTime() {
        watched("dead.after=3");
        for (int i = 0; i < 3; i++) {
            silence = new IOException("connection refused");
            probe();
            silence = null;
            probe();

            assertThat(endpoint.isHealthy()).isTrue();
            serve(Duration.ofSeconds(61));
        }
    }

    @Test
    void afterItWasDownItComesToItsShareSlowly() {
        watched("dead.after=3");
        assertThat(endpoint.warmth(time.millis())).isEqualTo(1);
        silence = new IOException("connection refused");
        serve(Duration.ofSeconds(11));
        silence = null;
        probe();

        assertThat(endpoint.warmth(time.millis())).isLessThan(1);
    }
}
