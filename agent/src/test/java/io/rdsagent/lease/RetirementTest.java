package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Reason;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetirementTest {

    private static final Duration ROUND = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final RecordedEvents events = new RecordedEvents();
    private final Leases leases = new Leases(time, events);
    private final List<Boolean> flags = new ArrayList<>();
    private final Retirement retirement = new Retirement(leases, time, time.timer(), () -> 0, flags::add, events);
    private final Endpoint endpoint = Configured.endpoint("db-1:5432");
    private final Object pool = new Object();
    private Database database = Configured.orders(Configured.database("connect.rate=1000/s;idle=off"), endpoint);

    @Test
    void anOpenConnectionIsCountedAndAClosedOneNoMore() {
        Held held = held(Lease.NEVER);
        assertThat(endpoint.open()).isEqualTo(1);

        held.connection.closed = true;
        time.advance(Duration.ofSeconds(1));

        assertThat(endpoint.open()).isZero();
        assertThat(leases.all()).isEmpty();
        assertThat(events.retired)
                .as("the application closed it, in its own time")
                .isEmpty();
        time.advance(Duration.ofSeconds(1));
        assertThat(time.waiting()).as("nothing is left to look at").isEmpty();
    }

    @Test
    void aConnectionThatNobodyCanUseAnyMoreIsOver() {
        Held broken = held(Lease.NEVER);
        Held faulty = held(Lease.NEVER);
        broken.connection.unusable = new SQLException("broken");
        faulty.connection.unusable = new IllegalStateException("broken");

        time.advance(Duration.ofSeconds(1));

        assertThat(endpoint.open()).isZero();
        assertThat(leases.all()).isEmpty();
    }

    @Test
    void aConnectionThatWasDroppedWithoutBeingClosedIsCountedNoMore() {
        Connection dropped = new FakeConnection().physical();
        retirement.begin(dropped, new Lease(dropped, database, endpoint, time.millis(), Lease.NEVER));
        dropped = null;

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            time.advance(Duration.ofSeconds(1));
            return leases.all().isEmpty();
        });
        assertThat(endpoint.open()).isZero();
    }

    @Test
    void aConnectionThatWasDroppedIsCountedNoMoreThoughOthersComeIn() {
        Connection dropped = new FakeConnection().physical();
        retirement.begin(dropped, new Lease(dropped, database, endpoint, time.millis(), Lease.NEVER));
        dropped = null;
        List<Held> others = new ArrayList<>();

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            others.add(held(Lease.NEVER));
            time.advance(Duration.ofSeconds(1));
            return leases.all().size() == others.size();
        });
        assertThat(endpoint.open()).isEqualTo(others.size());
    }

    @Test
    void whatIsPastAndIdleIsRetiredAtItsDeadlineAndTheFlagGoesDownAfterwards() {
        Held held = held(time.millis() + 5000);
        time.advance(Duration.ofMillis(4999));
        assertThat(flags).doesNotContain(true);

        time.advance(Duration.ofMillis(1));
        assertThat(flags.get(flags.size() - 1)).isTrue();
        assertThat(held.connection.closed).isTrue();

        time.advance(ROUND);
        assertThat(flags.get(flags.size() - 1)).isFalse();
        assertThat(events.retired).singleElement().satisfies(retired -> {
            assertThat(retired.database).isEqualTo("orders");
            assertThat(retired.endpoint).isEqualTo("db-1:5432");
            assertThat(retired.reason).isEqualTo(Reason.AGE);
            assertThat(retired.age).isEqualTo(Duration.ofMillis(5100));
            assertThat(retired.lag).isEqualTo(ROUND);
        });
    }

    @Test
    void whatIsInUseIsOnlyMarkedAndGoesWhenItComesBack() {
        Held held = held(time.millis() + 1000);
        held.holder.stamp = Holder.IN_USE;

        time.advance(Duration.ofSeconds(10));
        assertThat(held.connection.closed).isFalse();
        assertThat(held.holder.asked).isPositive();
        assertThat(flags.get(flags.size() - 1)).isTrue();

        held.holder.stamp = 2;
        time.advance(ROUND.multipliedBy(2));
        assertThat(held.connection.closed).isTrue();
        assertThat(events.retired)
                .singleElement()
                .satisfies(retired -> assertThat(retired.lag).isGreaterThanOrEqualTo(Duration.ofSeconds(9)));
    }

    @Test
    void aDirectConnectionIsNeverClosedUnderTheApplication() {
        FakeConnection connection = new FakeConnection();
        Connection physical = connection.physical();
        retirement.begin(physical, new Lease(physical, database, endpoint, time.millis(), time.millis() + 1000));

        time.advance(Duration.ofSeconds(10));

        assertThat(connection.closed).isFalse();
        assertThat(leases.isPast(physical)).isTrue();
    }

    @Test
    void anOverdueDirectConnectionIsLookedAtSeldom() {
        Connection physical = new FakeConnection().physical();
        retirement.begin(physical, new Lease(physical, database, endpoint, time.millis(), time.millis() + 1000));

        time.advance(Duration.ofSeconds(5));

        assertThat(leases.isPast(physical)).isTrue();
        assertThat(time.waiting()).containsExactly(Duration.ofSeconds(1));
    }

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

    @Test
    void whatLiesIdleTooLongIsRetired() {
        database = Configured.orders(Configured.database("idle=30s"), endpoint);
        Held idle = held(Lease.NEVER);
        Held busy = held(Lease.NEVER);

        for (int i = 0; i < 29; i++) {
            busy.holder.stamp++;
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(idle.connection.closed).isFalse();
        for (int i = 0; i < 5; i++) {
            busy.holder.stamp++;
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(idle.connection.closed).isTrue();
        assertThat(busy.connection.closed).isFalse();
        assertThat(events.retired)
                .singleElement()
                .satisfies(retired -> assertThat(retired.reason).isEqualTo(Reason.IDLE));
    }

    @Test
    void withIdleOffNothingIsRetiredForIt() {
        Held held = held(Lease.NEVER);

        time.advance(Duration.ofHours(2));

        assertThat(held.connection.closed).isFalse();
    }

    @Test
    void anEarlierDeadlineThatComesInLaterIsMet() {
        held(time.millis() + 60_000);
        Held sooner = held(time.millis() + 300);

        time.advance(Duration.ofMillis(300));

        assertThat(sooner.connection.closed).isTrue();
    }

    @Test
    void whileConnectionsAreOutOneSweepAloneIsDue() {
        held(10, pool, time.millis() + 10_000);

        for (int i = 0; i < 20; i++) {
            retirement.hurry();
            assertThat(time.waiting()).hasSize(1);
            time.advance(Duration.ofSeconds(1));
            assertThat(time.waiting()).hasSizeLessThanOrEqualTo(1);
        }
    }

    /** One connection in a pool. */
    private record Held(FakeConnection connection, FakeHolder holder, Connection physical, Object entry) {}

    private Held held(long deadline) {
        return held(pool, deadline);
    }

    private List<Held> held(int count, Object owner, long deadline) {
        List<Held> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(held(owner, deadline));
        }
        return all;
    }

    private final List<Held> kept = new ArrayList<>();

    private Held held(Object owner, long deadline) {
        FakeConnection connection = new FakeConnection();
        Connection physical = connection.physical();
        Held held = new Held(connection, new FakeHolder(owner, connection), physical, new Object());
        kept.add(held);
        retirement.begin(physical, new Lease(physical, database, endpoint, time.millis(), deadline));
        leases.hold(physical, held.entry, held.holder);
        return held;
    }

    private static long closed(List<Held> all) {
        return all.stream().filter(held -> held.connection.closed).count();
    }
}
