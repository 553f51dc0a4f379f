package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rdsagent.event.Reason;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which connections go, and when. */
class RetirementTest extends Retiring {

    @Test
    void anOpenConnectionIsCountedAndAClosedOneNoMore() {
        Held held = held(Lease.NEVER);
        assertThat(endpoint.open()).isEqualTo(1);

        held.connection().closed = true;
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
    void aRoundThatFoundNoMemoryToPlanTheNextIsFollowedByOneAllTheSame() {
        Held held = held(time.millis() + 5000);
        time.exhausted = true;
        time.advance(Duration.ofSeconds(1));
        assertThat(time.waiting()).isEmpty();

        time.exhausted = false;
        retirement.goOn();
        time.advance(Duration.ofSeconds(10));

        assertThat(held.connection().closed).isTrue();
    }

    @Test
    void aConnectionThatGetsAnotherLeaseIsCountedOnce() {
        Held held = held(Lease.NEVER);

        retirement.begin(held.physical(), new Lease(held.physical(), database, endpoint, time.millis(), Lease.NEVER));

        assertThat(endpoint.open()).isEqualTo(1);
        held.connection().closed = true;
        time.advance(Duration.ofSeconds(1));
        assertThat(endpoint.open()).isZero();
        assertThat(leases.all()).isEmpty();
    }

    @Test
    void aDriverWhoseApplicationIsGoneKeepsNoOtherConnectionFromItsEnd() {
        Connection orphan = new FakeConnection().physical();
        Line gone = any -> {
            throw new NoClassDefFoundError("org/postgresql/core/QueryExecutor");
        };
        retirement.begin(orphan, new Lease(orphan, gone, database, endpoint, time.millis(), Lease.NEVER));
        Held other = held(time.millis() + 1000);

        time.advance(Duration.ofSeconds(5));

        assertThat(other.connection().closed).isTrue();
        assertThat(endpoint.open()).isZero();
    }

    @Test
    void aConnectionThatNobodyCanUseAnyMoreIsOver() {
        Held broken = held(Lease.NEVER);
        Held faulty = held(Lease.NEVER);
        broken.connection().unusable = new SQLException("broken");
        faulty.connection().unusable = new IllegalStateException("broken");

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
    void whatIsPastAndIdleIsRetiredAtItsDeadlineAndNoBorrowerIsTroubled() {
        Held held = held(time.millis() + 5000);
        time.advance(Duration.ofMillis(4999));
        assertThat(held.connection().closed).isFalse();

        time.advance(Duration.ofMillis(1));
        assertThat(held.connection().closed).isTrue();

        time.advance(ROUND);
        assertThat(flags).doesNotContain(true);
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
        held.holder().stamp = Holder.IN_USE;

        time.advance(Duration.ofSeconds(10));
        assertThat(held.connection().closed).isFalse();
        assertThat(held.holder().asked).isPositive();
        assertThat(flags.get(flags.size() - 1)).isTrue();

        held.holder().stamp = 2;
        time.advance(ROUND.multipliedBy(2));
        assertThat(held.connection().closed).isTrue();
        assertThat(events.retired)
                .singleElement()
                .satisfies(retired -> assertThat(retired.lag).isGreaterThanOrEqualTo(Duration.ofSeconds(9)));
    }

    @Test
    void whatComesBackSoonIsRetiredBeforeItIsBorrowedAgain() {
        Held held = held(time.millis() + 1000);
        held.holder().stamp = Holder.IN_USE;
        time.advance(Duration.ofMillis(1050));
        assertThat(held.holder().asked).isZero();

        held.holder().stamp = 2;
        time.advance(Duration.ofMillis(10));

        assertThat(held.connection().closed).isTrue();
        assertThat(flags).doesNotContain(true);
    }

    @Test
    void whatStaysInUseIsShownToBorrowersAndTheFlagGoesDownWhenItHasGone() {
        Held held = held(time.millis() + 1000);
        held.holder().stamp = Holder.IN_USE;
        time.advance(Duration.ofMillis(1100));
        assertThat(flags.get(flags.size() - 1)).isTrue();
        assertThat(held.holder().asked).isPositive();

        held.holder().stamp = 2;
        time.advance(ROUND);
        assertThat(held.connection().closed).isTrue();
        time.advance(Duration.ofMillis(10));

        assertThat(flags.get(flags.size() - 1)).isFalse();
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
    void whatLiesIdleTooLongIsRetired() {
        database = Configured.orders(Configured.database("idle=30s"), endpoint);
        Held idle = held(Lease.NEVER);
        Held busy = held(Lease.NEVER);

        for (int i = 0; i < 29; i++) {
            busy.holder().stamp++;
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(idle.connection().closed).isFalse();
        for (int i = 0; i < 5; i++) {
            busy.holder().stamp++;
            time.advance(Duration.ofSeconds(1));
        }

        assertThat(idle.connection().closed).isTrue();
        assertThat(busy.connection().closed).isFalse();
        assertThat(events.retired)
                .singleElement()
                .satisfies(retired -> assertThat(retired.reason).isEqualTo(Reason.IDLE));
    }

    @Test
    void withIdleOffNothingIsRetiredForIt() {
        Held held = held(Lease.NEVER);

        time.advance(Duration.ofHours(2));

        assertThat(held.connection().closed).isFalse();
    }

    @Test
    void anEarlierDeadlineThatComesInLaterIsMet() {
        held(time.millis() + 60_000);
        Held sooner = held(time.millis() + 300);

        time.advance(Duration.ofMillis(300));

        assertThat(sooner.connection().closed).isTrue();
    }

    @Test
    void whileConnectionsAreOutOneSweepAloneIsDue() {
        held(10, pool, time.millis() + 10_000);

        for (int i = 0; i < 20; i++) {
            retirement.hurry();
            assertThat(time.waiting()).hasSize(1);
            time.advance(Duration.ofMillis(999));
            assertThat(time.waiting()).hasSizeLessThanOrEqualTo(1);
        }
    }
}
