package io.rdsagent.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class UnhurriedTest {

    private final List<String> done = new ArrayList<>();
    private final Unhurried unhurried = new Unhurried(Runnable::run, 2);

    @Test
    void whatComesBeforeItBeginsIsDoneThenAndInOrder() {
        unhurried.execute(() -> done.add("first"));
        unhurried.execute(() -> done.add("second"));
        assertThat(done).isEmpty();

        unhurried.begin();
        unhurried.execute(() -> done.add("third"));

        assertThat(done).containsExactly("first", "second", "third");
    }

    @Test
    void itBeginsOnce() {
        unhurried.execute(() -> done.add("first"));

        unhurried.begin();
        unhurried.begin();

        assertThat(done).containsExactly("first");
    }

    @Test
    void whatIsTooMuchIsTurnedAway() {
        unhurried.execute(() -> done.add("first"));
        unhurried.execute(() -> done.add("second"));

        assertThatThrownBy(() -> unhurried.execute(() -> done.add("third")))
                .isInstanceOf(RejectedExecutionException.class);
    }
}
