package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.event.Reason;
import io.rdsagent.given.Configured;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many connections go at once. */
class RetirementPaceTest extends Retiring {

    @Test
    void whatHasWaitedForHalfItsMarginGoesWithoutATurn() {
        List<Held> all = held(50, pool, time.millis() + 1000);
        database = Configured.orders(
                Configured.database("connect.rate=1/s;idle=off;lifetime=10s;lifetime.margin=1s"), endpoint);
        List<Held> slow = held(50, new Object(), time.millis() + 1000);

        time.advance(Duration.ofMillis(1400));
        assertThat(closed(slow)).isLessThan(5);
        time.advance(Duration.ofMillis(300));

        assertThat(closed(slow)).isEqualTo(50);
        assertThat(closed(all)).as("whose margin is a minute").isBetween(40L, 50L);
    }

    @Test
    void whatWaitsForTheRateIsToldOnceForEach() {
        database = Configured.orders(
                Configured.database("connect.rate=1/s;idle=off;lifetime=10s;lifetime.margin=5s;spares=0"), endpoint);
        held(10, pool, time.millis() + 1000);

        time.advance(Duration.ofSeconds(2));

        assertThat(events.heldBack).hasSizeBetween(7, 9);
    }

    @Test
    void aPoolGivesUpAFifthOfItselfInEachRound() {
        List<Held> all = held(10, pool, time.millis() + 1000);

        time.advance(Duration.ofSeconds(1));
        assertThat(closed(all)).isEqualTo(2);
        time.advance(ROUND);
        assertThat(closed(all)).isEqualTo(3);
        time.advance(ROUND.multipliedBy(7));
        assertThat(closed(all)).isEqualTo(10);
        time.advance(ROUND);
        assertThat(events.retired).hasSize(10);
        assertThat(flags.get(flags.size() - 1)).isFalse();
    }

    @Test
    void aSmallPoolGivesUpOneInEachRound() {
        List<Held> all = held(3, pool, time.millis() + 1000);

        time.advance(Duration.ofSeconds(1));
        assertThat(closed(all)).isEqualTo(1);
        time.advance(ROUND);
        assertThat(closed(all)).isEqualTo(2);
    }

    @Test
    void eachPoolHasAShareOfItsOwn() {
        List<Held> first = held(5, pool, time.millis() + 1000);
        List<Held> second = held(5, new Object(), time.millis() + 1000);

        time.advance(Duration.ofSeconds(1));

        assertThat(closed(first)).isEqualTo(1);
        assertThat(closed(second)).isEqualTo(1);
    }

    @Test
    void whatIsOnADeadEndpointGoesAtOnce() {
        List<Held> all = held(10, pool, Lease.NEVER);

        leases.retire(endpoint, Reason.ENDPOINT_DEAD);
        retirement.hurry();
        time.advance(Duration.ZERO);

        assertThat(closed(all)).isEqualTo(10);
        time.advance(ROUND);
        assertThat(events.retired)
                .hasSize(10)
                .allSatisfy(retired -> assertThat(retired.reason).isEqualTo(Reason.ENDPOINT_DEAD));
    }

    @Test
    void whoBorrowsAtTheDeadlineFindsAtMostAFifthGone() {
        List<Held> all = held(10, pool, time.millis() + 1000);
        all.forEach(held -> held.holder().stamp = Holder.IN_USE);

        time.advance(Duration.ofSeconds(1).plus(ROUND));
        assertThat(past(all)).isEqualTo(2);
        time.advance(ROUND);
        assertThat(past(all)).isEqualTo(4);
    }

    @Test
    void aRoundThatComesSoonerGivesNoOtherTurn() {
        List<Held> all = held(10, pool, time.millis() + 1000);
        time.advance(Duration.ofSeconds(1));

        for (int i = 0; i < 5; i++) {
            retirement.hurry();
            time.advance(Duration.ofMillis(10));
        }

        assertThat(closed(all)).isEqualTo(2);
    }

    private long past(List<Held> all) {
        return all.stream().filter(held -> leases.isPast(held.entry())).count();
    }

    @Test
    void whatTheRateOfConnectsForbidsWaits() {
        database = Configured.orders(Configured.database("connect.rate=2/s;idle=off"), endpoint);
        List<Held> all = held(50, pool, time.millis() + 1000);

        time.advance(Duration.ofSeconds(1));
        assertThat(closed(all)).isEqualTo(2);
        time.advance(Duration.ofSeconds(5));
        assertThat(closed(all)).isEqualTo(12);
    }

    @Test
    void theRateIsForEachEndpoint() {
        database = Configured.orders(
                Configured.database("connect.rate=2/s;idle=off"), endpoint, Configured.endpoint("db-2:5432"));
        List<Held> all = held(50, pool, time.millis() + 1000);

        time.advance(Duration.ofSeconds(1));

        assertThat(closed(all)).isEqualTo(4);
    }
}
