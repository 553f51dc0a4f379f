package io.rdsagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rdsagent.given.RecordedEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoundsTest {

    /** Has ended: nobody asks but the test. */
    private final ScheduledExecutorService timer = Threads.timer(new Complaints(new RecordedEvents()));

    private final List<String> looks = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();

    @BeforeEach
    void end() {
        timer.shutdownNow();
    }

    @Test
    void howeverManyAskItIsLookedOnceAndAgainForWhoAsksLater() {
        Runnable look = new Rounds(timer, waiting::add).look(() -> looks.add("looked"));

        look.run();
        look.run();
        assertThat(waiting).hasSize(1);
        waiting.remove(0).run();
        look.run();

        assertThat(looks).hasSize(1);
        assertThat(waiting).hasSize(1);
    }

    @Test
    void whenNoThreadCouldBeMadeForItItIsLookedTheNextTime() {
        boolean[] enough = {false};
        Runnable look = new Rounds(timer, task -> {
                    if (!enough[0]) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    waiting.add(task);
                })
                .look(() -> looks.add("looked"));
        assertThatThrownBy(look::run).isInstanceOf(OutOfMemoryError.class);

        enough[0] = true;
        look.run();

        assertThat(waiting).hasSize(1);
    }
}
