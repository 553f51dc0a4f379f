package io.rdsagent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A small fleet through an hour in which everything happens; scripts/simulate has the large one. */
class SimulationTest {

    private static final int JVMS = 100;
    private static final int READERS = 15;
    private static final int JOINING = 3;

    private static final Fleet.Plan PLAN = new Fleet.Plan(
            Duration.ofMinutes(5),
            Duration.ofMinutes(20),
            Duration.ofMinutes(30),
            Duration.ofMinutes(40),
            Duration.ofMinutes(50),
            Duration.ofMinutes(5));

    private static final Tally SEEN = new Fleet(JVMS, READERS, JOINING, Duration.ofHours(1), PLAN).live();

    @Test
    void eachConnectionIsReplacedOnceInALifetimeAndSeldomMore() {
        long connections = (long) JVMS * Application.POOL;

        assertThat(SEEN.logins()).isBetween(4 * connections, 9 * connections);
    }

    @Test
    void rotationIsSpread() {
        double mean = SEEN.logins() / (double) (READERS * 3600);

        assertThat(SEEN.peak(Duration.ofMinutes(6), Duration.ofMinutes(20)))
                .as("of a mean of %s", mean)
                .isLessThanOrEqualTo(10);
    }

    @Test
    void allReadersHaveTheSame() {
        assertThat(SEEN.imbalance(Duration.ofMinutes(19), 0, READERS - 1)).isLessThan(0.1);
    }

    @Test
    void thoseThatJoinComeToTheirShare() {
        assertThat(SEEN.open(READERS, Duration.ofMinutes(19))).isZero();
        assertThat(SEEN.imbalance(Duration.ofMinutes(29), 0, READERS + JOINING - 1))
                .isLessThan(0.2);
    }

    @Test
    void oneThatIsLostIsLeftAndComesToItsShareAgainWhenItIsBack() {
        assertThat(SEEN.open(0, Duration.ofMinutes(31))).isZero();
        assertThat(SEEN.imbalance(Duration.ofMinutes(31), 1, READERS + JOINING - 1))
                .isLessThan(0.2);
        assertThat(SEEN.imbalance(Duration.ofMinutes(49), 0, READERS + JOINING - 1))
                .isLessThan(0.2);
    }
}
