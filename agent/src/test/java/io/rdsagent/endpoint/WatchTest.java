package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.given.Configured;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What begins just as it ends. */
class WatchTest extends Watched {

    @Test
    void oneThatHasEndedSaysSoWhenItIsBegunAgain() {
        Watch watch = new Watch(health(), orders(), endpoint);
        assertThat(watch.begin()).isTrue();

        watch.leave();

        assertThat(watch.begin()).isFalse();
        assertThat(time.waiting()).isEmpty();
    }

    @Test
    void oneThatEndsLateLeavesTheOneInItsPlaceAlone() {
        Health health = health();
        Watch late = new Watch(health, orders(), endpoint);
        health.watch(orders());
        time.advance(Duration.ofSeconds(1));

        late.leave();
        health.suspect(endpoint);

        assertThat(probers).as("probes that were asked for").hasSize(1);
    }

    private Database orders() {
        return Configured.orders(Configured.database("dead.after=3"), endpoint);
    }
}
