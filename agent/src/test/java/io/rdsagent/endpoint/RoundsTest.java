package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.given.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Duration BETWEEN = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final VirtualTime time = new VirtualTime();
    private final List<Boolean> rounds = new ArrayList<>();
    private long wait = BETWEEN.toMillis();
    private boolean noThreads;
    private final Rounds tested = new Rounds(
            time,
            time.timer(),
            task -> {
                if (noThreads) {
                    throw new OutOfMemoryError("unable to create native thread");
                }
                task.run();
            },
            hurried -> {
                rounds.add(hurried);
                return wait;
            });

    @Test
    void oneFollowsTheOther() {
        tested.hurry();
        time.advance(BETWEEN.multipliedBy(2));

        assertThat(rounds).containsExactly(true, false, false);
    }

    @Test
    void whatSleepsIsWokenByWhoUsesItAndByNothingElse() {
        wait = Long.MAX_VALUE;
        tested.hurry();
        time.advance(LONG);
        tested.goOn();
        time.advance(LONG);
        assertThat(rounds).hasSize(1);

        tested.wake();
        time.advance(LONG);
        assertThat(rounds).hasSize(2);
    }

    @Test
    void whatFoundNoThreadGoesOnWhenThereAreSomeAgain() {
        tested.hurry();
        time.advance(Duration.ofSeconds(1));
        noThreads = true;
        time.advance(LONG);
        tested.goOn();
        time.advance(LONG);
        noThreads = false;
        assertThat(rounds).hasSize(1);

        tested.goOn();
        time.advance(Duration.ofSeconds(1));

        assertThat(rounds).hasSize(2);
    }

    @Test
    void whatFoundNoMemoryToPlanTheNextGoesOnWhenThereIsSomeAgain() {
        tested.hurry();
        time.exhausted = true;
        time.advance(Duration.ofSeconds(1));
        time.exhausted = false;
        assertThat(time.waiting()).isEmpty();

        time.advance(LONG);
        tested.goOn();
        time.advance(Duration.ofSeconds(1));

        assertThat(rounds).hasSize(2);
    }

    @Test
    void whatIsPlannedIsLeftToItsTime() {
        tested.hurry();
        time.advance(Duration.ofSeconds(1));

        tested.goOn();
        time.advance(Duration.ofSeconds(1));

        assertThat(rounds).hasSize(1);
    }
}
