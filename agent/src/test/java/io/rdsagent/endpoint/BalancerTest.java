package io.rdsagent.endpoint;

import static io.rdsagent.endpoint.Balanced.endpoints;
import static io.rdsagent.endpoint.Balanced.share;
import static io.rdsagent.endpoint.Balanced.spread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rdsagent.config.Balance;
import io.rdsagent.event.HealthChange;
import io.rdsagent.given.VirtualTime;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BalancerTest {

    @Property(tries = 300)
    void eachHealthyEndpointIsFirstAsOftenAsAnyOther(
            @ForAll @Size(min = 1, max = 9) List<Boolean> healthy,
            @ForAll @IntRange(min = 1, max = 7) int rounds,
            @ForAll @IntRange(max = 1 << 16) int start) {
        List<Endpoint> endpoints = endpoints(healthy);
        Balancer balancer = new Balancer(endpoints, Balance.ROUND_ROBIN, start);

        for (int i = 0; i < rounds * endpoints.size(); i++) {
            balancer.order();
        }

        assertThat(spread(healthy, endpoints)).isLessThanOrEqualTo(1);
    }

    @Property(tries = 300)
    void theUnhealthyComeLastAndNoneIsMissing(
            @ForAll @Size(min = 1, max = 9) List<Boolean> healthy,
            @ForAll Balance balance,
            @ForAll @IntRange(max = 1 << 16) int start) {
        List<Endpoint> endpoints = endpoints(healthy);
        Balancer balancer = new Balancer(endpoints, balance, start);

        for (int i = 0; i < 3; i++) {
            List<Endpoint> order = balancer.order();

            assertThat(order).containsExactlyInAnyOrderElementsOf(endpoints);
            assertThat(order.stream().map(Endpoint::isHealthy).toList())
                    .isSortedAccordingTo(Collections.reverseOrder());
        }
        assertThat(balancer.endpoints()).containsExactlyElementsOf(endpoints);
    }

    @Property(tries = 300)
    void leastConnectionsBeginsWithAHealthyOneThatHasFewest(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(max = 9) Integer> open,
            @ForAll @Size(value = 6) List<Boolean> healthy) {
        List<Endpoint> endpoints = endpoints(healthy.subList(0, open.size()));
        for (int i = 0; i < open.size(); i++) {
            for (int j = 0; j < open.get(i); j++) {
                endpoints.get(i).opened();
            }
        }
        int fewest = endpoints.stream()
                .filter(endpoint ->
                        endpoint.isHealthy() || !healthy.subList(0, open.size()).contains(true))
                .mapToInt(Endpoint::open)
                .min()
                .orElseThrow();

        Endpoint first =
                new Balancer(endpoints, Balance.LEAST_CONNECTIONS, 0).order().get(0);

        assertThat(first.open()).isEqualTo(fewest + 1);
    }

    @Test
    void theFirstIsCountedAsOpenAndNoOther() {
        List<Endpoint> endpoints = endpoints(List.of(true, true));

        List<Endpoint> order = new Balancer(endpoints, Balance.ROUND_ROBIN, 1).order();

        assertThat(order).containsExactly(endpoints.get(1), endpoints.get(0));
        assertThat(order.get(0).open()).isEqualTo(1);
        assertThat(order.get(1).open()).isZero();
    }

    @Test
    void anEndpointThatServesAgainTakesItsTurnAgain() {
        List<Endpoint> endpoints = endpoints(List.of(true, false));
        Balancer balancer = new Balancer(endpoints, Balance.ROUND_ROBIN, 0);
        balancer.order();
        balancer.order();
        endpoints.get(1).state(HealthChange.State.SERVING);
        balancer.order();
        balancer.order();

        assertThat(endpoints.get(0).open()).isEqualTo(3);
        assertThat(endpoints.get(1).open()).isEqualTo(1);
    }

    @Property(tries = 50)
    void anEndpointThatHasJoinedComesToItsShareInSteps(
            @ForAll Balance balance, @ForAll @IntRange(max = 1 << 16) int start) {
        VirtualTime time = new VirtualTime();
        List<Endpoint> endpoints = endpoints(List.of(true, true, true));
        Balancer balancer = new Balancer(endpoints, balance, null, start, time);
        Endpoint joined = endpoints.get(1);
        for (int i = 0; i < 60; i++) {
            (i % 2 == 0 ? endpoints.get(0) : endpoints.get(2)).opened();
        }
        joined.warmUp(time.millis());

        int first = share(balancer, joined, 12);
        time.advance(Duration.ofMillis(Endpoint.WARM_UP_MILLIS));
        int then = share(balancer, joined, 12);

        assertThat(first).isLessThanOrEqualTo(4);
        assertThat(then).isGreaterThanOrEqualTo(4).isGreaterThan(balance == Balance.ROUND_ROBIN ? first : -1);
    }

    @Property(tries = 100)
    void whereAllAreSilentAllAreTriedAndWhatFailedLongestAgoFirst(
            @ForAll Balance balance,
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 1000) Integer> failedAt,
            @ForAll @IntRange(max = 1 << 16) int start) {
        List<Endpoint> endpoints = endpoints(Collections.nCopies(failedAt.size(), false));
        for (int i = 0; i < endpoints.size(); i++) {
            endpoints.get(i).failed(failedAt.get(i));
            if (failedAt.get(i) % 2 == 0) {
                endpoints.get(i).opened();
            }
        }

        List<Endpoint> order = new Balancer(endpoints, balance, start).order();

        assertThat(order)
                .containsExactlyInAnyOrderElementsOf(endpoints)
                .extracting(Endpoint::failedAt)
                .isSorted();
    }

    @Property(tries = 20)
    void whatIsDrainedComesAfterWhatIsSilent(@ForAll Balance balance, @ForAll @IntRange(max = 9) int start) {
        List<Endpoint> endpoints = endpoints(List.of(true, false, true));
        endpoints.get(0).drained(true);
        endpoints.get(1).opened();

        List<Endpoint> order = new Balancer(endpoints, balance, start).order();

        assertThat(order).containsExactly(endpoints.get(2), endpoints.get(1), endpoints.get(0));
    }

    @Test
    void oneThatHasNotAnsweredYetGetsNothingThatAnotherCanTake() {
        List<Endpoint> endpoints = endpoints(List.of(true, true));
        Balancer balancer = new Balancer(endpoints, Balance.ROUND_ROBIN, 0);
        endpoints.get(1).await(true);

        assertThat(share(balancer, endpoints.get(1), 10)).isZero();
        endpoints.get(1).await(false);
        assertThat(share(balancer, endpoints.get(1), 10)).isEqualTo(5);
    }

    @Property(tries = 50)
    void whatEvensOutTakesNobodysTurn(@ForAll @IntRange(max = 1 << 16) int start) {
        List<Endpoint> endpoints = endpoints(List.of(true, true));
        endpoints.get(1).opened();
        endpoints.get(1).opened();
        Balancer balancer = new Balancer(endpoints, Balance.ROUND_ROBIN, start);
        balancer.evenOut(2);

        for (int i = 0; i < 8; i++) {
            balancer.order();
        }

        assertThat(endpoints).extracting(Endpoint::open).containsExactly(5, 5);
    }

    @Test
    void withoutEndpointsThereIsNothingToBalance() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Balancer(List.of(), Balance.ROUND_ROBIN, 0));
    }
}
