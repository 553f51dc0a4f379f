package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The zone that is preferred, and what is said where it can't be. */
class ZoneWishTest extends Discovering {

    @Test
    void theReaderInTheZoneThatIsWishedForIsPreferred() {
        cluster.zones = Map.of("a", "eu-west-1a", "b", "eu-west-1b", "c", "eu-west-1c");

        Database database = known(READERS, "zone=eu-west-1c");

        assertThat(ids(database.balancer().order())).containsExactly("c", "b", "a", "orders");
        assertThat(ids(database.balancer().order())).containsExactly("c", "b", "a", "orders");
        assertThat(events.notices).isEmpty();
    }

    @Test
    void aZoneThatNoInstanceIsInIsSaidOnce() {
        cluster.zones = Map.of("a", "eu-west-1a", "b", "eu-west-1b", "c", "eu-west-1b");

        known(READERS, "zone=eu-west-1c");
        cluster.ids = List.of("a", "b");
        time.advance(SELDOM);

        assertThat(events.notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.text)
                        .contains("in eu-west-1c", "they are in eu-west-1a, eu-west-1b", "Set `zone` to one of these"));
    }

    @Test
    void whereTheZonesAreNotToldThatIsSaid() {
        known(READERS, "zone=eu-west-1c");

        assertThat(events.notices)
                .singleElement()
                .satisfies(
                        notice -> assertThat(notice.text).contains("does not tell their zones", "`discover` to aws"));
    }

    @Test
    void whereNoInstancesAreLookedForTheZoneIsSaidToHaveNoEffect() {
        known(READERS, "zone=eu-west-1c;discover=none");

        assertThat(events.notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.text).contains("`zone` has no effect"));
    }
}
