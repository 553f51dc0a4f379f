package io.rdsagent.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theMiddleOfAnEvenNumberLiesBetweenTheTwo() {
        Spread spread = Spread.of(List.of(4.0, 1.0, 3.0, 2.0));

        assertThat(spread).isEqualTo(new Spread(2.5, 1.75, 3.25, 1, 4, 4));
    }

    @Test
    void aRatioIsTakenWithinARoundSoThatASlowRoundSlowsBoth() {
        Spread ratio = Spread.ratio(List.of(2.0, 20.0, 2.0), List.of(1.0, 10.0, 1.0));

        assertThat(ratio.median()).isEqualTo(2);
        assertThat(ratio.range()).isEqualTo("2.00..2.00");
    }

    @Test
    void aSideThatMissesARoundIsNoSide() {
        assertThatThrownBy(() -> Spread.ratio(List.of(1.0), List.of(1.0, 2.0))).hasMessageContaining("1 rounds");
    }
}
