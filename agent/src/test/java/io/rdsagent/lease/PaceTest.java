package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PaceTest {

    @Property
    void inAnySpanItAllowsNoMoreThanASecondsWorthAndWhatTheSpanEarns(
            @ForAll @DoubleRange(min = 0.1, max = 100) double perSecond,
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 300) Integer> gaps) {
        Pace pace = new Pace(perSecond, 0);
        long now = 0;
        int allowed = 0;
        for (int gap : gaps) {
            now += gap;
            if (pace.allows(now)) {
                allowed++;
            }
            assertThat(allowed).isLessThanOrEqualTo((int) (Math.max(1, perSecond) + perSecond * now / 1000 + 1e-6));
        }
    }

    @Test
    void aSecondsWorthMayGoAtOnceAndThenOneAtATime() {
        Pace pace = new Pace(4, 0);

        for (int i = 0; i < 4; i++) {
            assertThat(pace.allows(0)).isTrue();
        }
        assertThat(pace.allows(249)).isFalse();
        assertThat(pace.allows(250)).isTrue();
        assertThat(pace.allows(250)).isFalse();
    }

    @Test
    void lessThanOneASecondStillGoes() {
        Pace pace = new Pace(0.5, 0);

        assertThat(pace.allows(0)).isTrue();
        assertThat(pace.allows(1999)).isFalse();
        assertThat(pace.allows(2000)).isTrue();
    }

    @Test
    void aClockThatIsSetBackEarnsNothingAndCostsNothing() {
        Pace pace = new Pace(1, 10_000);

        assertThat(pace.allows(10_000)).isTrue();
        assertThat(pace.allows(5_000)).isFalse();
        assertThat(pace.allows(6_000)).isTrue();
    }
}
