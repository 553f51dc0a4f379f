package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Reason;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeaseTest {

    private final Endpoint endpoint = Configured.endpoint("db-1:5432");
    private final FakeConnection connection = new FakeConnection();
    private final java.sql.Connection physical = connection.physical();

    @Test
    void itIsPastFromItsDeadlineOnBecauseOfItsAge() {
        Lease lease = lease(1000);

        assertThat(lease.isPast(999)).isFalse();
        assertThat(lease.reason()).isNull();
        assertThat(lease.isPast(1500)).isTrue();
        assertThat(lease.reason()).isEqualTo(Reason.AGE);
        assertThat(lease.pastSince()).isEqualTo(1000);
    }

    @Test
    void itIsNeverPastThatMayLiveForEver() {
        assertThat(lease(Lease.NEVER).isPast(Long.MAX_VALUE - 1)).isFalse();
    }

    @Test
    void theFirstReasonStays() {
        Lease lease = lease(1000);

        lease.retire(Reason.ENDPOINT_DEAD, 500);
        lease.retire(Reason.DRAINED, 600);

        assertThat(lease.isPast(2000)).isTrue();
        assertThat(lease.reason()).isEqualTo(Reason.ENDPOINT_DEAD);
        assertThat(lease.pastSince()).isEqualTo(500);
    }

    @Test
    void aNewSessionOfTheSameConnectionHasADeadlineOfItsOwn() {
        Lease lease = lease(1000);
        lease.isPast(1500);

        lease.renew(1500, 3000);

        assertThat(lease.loginAt()).isEqualTo(1500);
        assertThat(lease.isPast(2999)).isFalse();
        assertThat(lease.isPast(3000)).isTrue();
    }

    @Test
    void aNewSessionDoesNotBringBackTheEndpointThatHadToBeLeft() {
        Lease lease = lease(1000);
        lease.retire(Reason.ENDPOINT_DEAD, 500);

        lease.renew(1500, 3000);

        assertThat(lease.isPast(1600)).isTrue();
    }

    @Test
    void ofADirectConnectionNobodyKnowsHowLongItIsIdle() {
        Lease lease = lease(Lease.NEVER);

        assertThat(lease.idleFor(1000)).isZero();
        assertThat(lease.idleFor(9000)).isZero();
    }

    @Test
    void idleTimeCountsFromTheFirstLookThatSawTheSameStamp() {
        Lease lease = lease(Lease.NEVER);
        FakeHolder holder = new FakeHolder(new Object(), connection);
        lease.heldBy(holder);

        assertThat(lease.idleFor(1000)).isZero();
        assertThat(lease.idleFor(3000)).isEqualTo(2000);
        holder.stamp = 2;
        assertThat(lease.idleFor(4000)).isZero();
        assertThat(lease.idleFor(4500)).isEqualTo(500);
    }

    @Test
    void whatIsInUseOrUntoldIsNotIdle() {
        Lease lease = lease(Lease.NEVER);
        FakeHolder holder = new FakeHolder(new Object(), connection);
        lease.heldBy(holder);
        lease.idleFor(1000);

        holder.stamp = Holder.IN_USE;
        assertThat(lease.idleFor(2000)).isZero();
        assertThat(lease.idleFor(3000)).isZero();
        holder.stamp = Holder.UNKNOWN;
        assertThat(lease.idleFor(4000)).isZero();
        assertThat(lease.idleFor(5000)).isZero();
    }

    @Test
    void itDoesNotKeepItsConnectionAlive() {
        Lease lease = new Lease(new FakeConnection().physical(), null, endpoint, 0, Lease.NEVER);

        await().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return lease.physical() == null;
        });
    }

    private Lease lease(long deadline) {
        return new Lease(physical, null, endpoint, 0, deadline);
    }
}
