package io.rdsagent.observe.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MomentsTest {

    private static final long START = 1_900_000_000_000L;

    private final Moments moments = new Moments();

    @Property
    void whatHappenedWithinTheTimeIsCountedAndWhatIsOlderIsNot(
            @ForAll @Size(max = 40) List<@IntRange(max = 200_000) Integer> pauses) {
        List<Long> times = new ArrayList<>();
        long now = START;
        Moments fresh = new Moments();
        for (int pause : pauses) {
            now += pause;
            fresh.add(now);
            times.add(now / Moments.LENGTH_MILLIS);
        }

        long newest = now / Moments.LENGTH_MILLIS;
        int[] counts = fresh.upTo(now);

        for (int i = 0; i < Moments.COUNT; i++) {
            long moment = newest - Moments.COUNT + 1 + i;
            assertThat(counts[i])
                    .isEqualTo((int) times.stream().filter(at -> at == moment).count());
        }
    }

    @Test
    void aClockThatIsSetBackCountsIntoTheNewest() {
        moments.add(START);
        moments.add(START - 3_600_000);

        assertThat(moments.upTo(START)[Moments.COUNT - 1]).isEqualTo(2);
    }

    @Test
    void afterALongSilenceThereIsNothing() {
        moments.add(START);

        assertThat(Arrays.stream(moments.upTo(START + 86_400_000)).sum()).isZero();
    }
}
