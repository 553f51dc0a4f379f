package io.rdsagent.endpoint;

import static io.rdsagent.endpoint.Balanced.endpoints;
import static io.rdsagent.endpoint.Balanced.share;
import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.Balance;
import io.rdsagent.event.HealthChange;
import io.rdsagent.given.VirtualTime;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** A zone that is preferred. */
class BalancerZoneTest {

    @Property(tries = 50)
    void thoseInTheZoneTakeAllEvenlyWhileOneOfThemServes(
            @ForAll Balance balance, @ForAll @IntRange(max = 1 << 16) int start) {
        List<Endpoint> endpoints = endpoints(List.of(true, true, true, true));
        endpoints.get(1).zone("eu-west-1b");
        endpoints.get(2).zone("eu-west-1a");
        endpoints.get(3).zone("eu-west-1a");
        Balancer balancer = new Balancer(endpoints, balance, "eu-west-1a", start, new VirtualTime());

        assertThat(share(balancer, endpoints.get(2), 10)).isEqualTo(5);
        assertThat(endpoints.get(3).open()).isEqualTo(5);
        endpoints.get(2).state(HealthChange.State.SILENT);
        assertThat(share(balancer, endpoints.get(3), 10)).isEqualTo(10);
        assertThat(balancer.preferred()).containsExactly(endpoints.get(3));
        assertThat(balancer.order())
                .containsExactlyInAnyOrderElementsOf(endpoints)
                .startsWith(endpoints.get(3))
                .endsWith(endpoints.get(2));
    }

    @Property(tries = 20)
    void whereNoneOfTheZoneServesAllOthersDo(@ForAll Balance balance, @ForAll @IntRange(max = 1 << 16) int start) {
        List<Endpoint> endpoints = endpoints(List.of(true, true, false));
        endpoints.get(2).zone("eu-west-1a");
        Balancer balancer = new Balancer(endpoints, balance, "eu-west-1a", start, new VirtualTime());

        assertThat(share(balancer, endpoints.get(0), 10)).isEqualTo(5);
        assertThat(endpoints.get(1).open()).isEqualTo(5);
        assertThat(balancer.preferred()).containsExactly(endpoints.get(0), endpoints.get(1));
    }

    @Property(tries = 20)
    void theOnlyOneOfTheZoneComesToItAllInStepsToo(@ForAll @IntRange(max = 1 << 16) int start) {
        VirtualTime time = new VirtualTime();
        List<Endpoint> endpoints = endpoints(List.of(true, true, true));
        endpoints.get(2).zone("eu-west-1a");
        endpoints.get(2).warmUp(time.millis());
        Balancer balancer = new Balancer(endpoints, Balance.ROUND_ROBIN, "eu-west-1a", start, time);

        assertThat(share(balancer, endpoints.get(2), 12)).isLessThanOrEqualTo(4);
        time.advance(Duration.ofMillis(Endpoint.WARM_UP_MILLIS));
        assertThat(share(balancer, endpoints.get(2), 12)).isEqualTo(12);
    }
}
