package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often the instances of a database are asked for. */
class DiscoveryTimesTest extends Discovering {

    @Test
    void whileAllIsWellTheWriterAloneIsAskedAndSeldom() {
        known(WRITER);
        cluster.asked.clear();

        time.advance(Duration.ofMinutes(10));

        assertThat(cluster.asked).hasSizeBetween(19, 21).containsOnly("a");
        assertThat(cluster.rests).as("what is open stays open").isZero();
    }

    @Test
    void aSuspicionIsFollowedOftenAndThenEndsByItself() {
        Database database = known(WRITER);
        cluster.asked.clear();

        database.suspect();
        assertThat(database.isInDoubt()).isTrue();
        time.advance(Duration.ofSeconds(1));
        assertThat(cluster.asked).hasSizeBetween(3, 6);
        time.advance(Duration.ofSeconds(20));
        assertThat(database.isInDoubt()).isFalse();
        cluster.asked.clear();
        time.advance(Duration.ofSeconds(60));
        assertThat(cluster.asked).hasSizeBetween(1, 3);
    }

    @Test
    void howeverManySuspectAtOnceItIsAskedAtMostTenTimesASecond() {
        Database database = known(WRITER);
        cluster.asked.clear();

        for (int i = 0; i < 1000; i++) {
            database.suspect();
            time.advance(Duration.ofMillis(1));
        }

        assertThat(cluster.asked).hasSizeBetween(4, 10);
    }

    @Test
    void aRefusalIsSaidOnceAndAskedAgainAfterFiveMinutes() {
        cluster.refusal = "GRANT it.";
        Database database = known(WRITER);
        time.advance(Duration.ofMinutes(4));
        assertThat(cluster.asked).hasSize(1);
        assertThat(ids(database.endpoints())).containsExactly("orders");

        time.advance(Duration.ofMinutes(2));
        assertThat(cluster.asked).hasSize(2);
        assertThat(events.notices).singleElement().satisfies(notice -> {
            assertThat(notice.warning).isTrue();
            assertThat(notice.text).contains("its instances are not known. GRANT it.");
        });

        cluster.refusal = null;
        time.advance(Duration.ofMinutes(5));
        assertThat(serving(database)).containsExactly("a");
    }

    @Test
    void aDatabaseThatNobodyUsesIsAskedNoMoreUntilItIsUsedAgain() {
        Database database = known(WRITER);
        database.topology().all().forEach(endpoint -> {
            while (endpoint.open() > 0) {
                endpoint.closed();
            }
        });

        time.advance(Duration.ofMinutes(1));
        assertThat(cluster.rests).isEqualTo(1);
        int asked = cluster.asked.size();
        time.advance(Duration.ofMinutes(10));
        assertThat(cluster.asked).hasSize(asked);
        assertThat(time.waiting()).isEmpty();

        database.balancer().order();
        database.used();
        time.advance(Duration.ofMillis(10));
        assertThat(cluster.asked).hasSize(asked + 1);
    }

    @Test
    void aSourceThatSaysSomethingElseEachTimeIsAskedNoMoreOftenForThat() {
        known(READERS);
        cluster.asked.clear();
        cluster.whenAsked = () -> cluster.ids = cluster.ids.size() == 3 ? List.of("a", "b") : List.of("a", "b", "c");

        time.advance(Duration.ofMinutes(2));

        assertThat(cluster.asked).hasSizeBetween(3, 5);
    }

    @Test
    void whenWhatWasKnownIsRefusedTheNameOfTheUrlServesAgain() {
        Database database = known(WRITER);
        cluster.refusal = "GRANT it.";

        time.advance(SELDOM);

        assertThat(ids(database.endpoints())).containsExactly("orders");
    }
}
