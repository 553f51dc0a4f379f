package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;

class LeasesTest {

    private final VirtualTime time = new VirtualTime();
    private final RecordedEvents events = new RecordedEvents();
    private final Leases leases = new Leases(time, events);
    private final Endpoint one = Configured.endpoint("db-1:5432");
    private final Endpoint two = Configured.endpoint("db-2:5432");
    private final Database database = Configured.orders(Configured.database("iam=auto"), one, two);
    private final FakeConnection connection = new FakeConnection();
    private final Connection physical = connection.physical();

    @Test
    void aPhysicalConnectionAndAPoolsEntryForItArePastTogether() {
        Object entry = new Object();
        leases.add(physical, lease(physical, one, time.millis() + 1000));
        leases.hold(physical, entry, new FakeHolder(new Object(), connection));

        assertThat(leases.isPast(physical)).isFalse();
        assertThat(leases.isPast(entry)).isFalse();
        time.advance(Duration.ofSeconds(1));
        assertThat(leases.isPast(entry)).as("those of a pool go in turn").isFalse();
        leases.of(physical).giveTurn(time.millis());
        assertThat(leases.isPast(entry)).as("it may be found idle yet").isFalse();
        time.advance(Duration.ofMillis(100));
        assertThat(leases.isPast(physical)).isTrue();
        assertThat(leases.isPast(entry)).isTrue();
        assertThat(events.guarded)
                .extracting(hit -> hit.endpoint + " " + hit.reason)
                .containsExactly("db-1:5432 age", "db-1:5432 age");
    }

    @Test
    void anEntryThatGetsAnotherConnectionIsNoMorePastThanThat() {
        Object entry = new Object();
        Connection next = new FakeConnection().physical();
        leases.add(physical, lease(physical, one, time.millis()));
        leases.hold(physical, entry, new FakeHolder(new Object(), connection));
        leases.of(physical).giveTurn(time.millis());
        time.advance(Duration.ofMillis(100));
        assertThat(leases.isPast(entry)).isTrue();

        leases.add(next, lease(next, one, Lease.NEVER));
        leases.hold(next, entry, new FakeHolder(new Object(), connection));

        assertThat(leases.isPast(entry)).isFalse();
    }

    @Test
    void whatHasWaitedForHalfItsMarginIsPastWithoutATurn() {
        leases.add(physical, lease(physical, one, time.millis()));
        leases.hold(physical, new Object(), new FakeHolder(new Object(), connection));

        time.advance(Duration.ofSeconds(30));
        assertThat(leases.isPast(physical)).isFalse();
        time.advance(Duration.ofMillis(1));
        assertThat(leases.isPast(physical)).isTrue();
    }

    @Test
    void whatIsNoneOfOursIsNeverPast() {
        assertThat(leases.isPast(physical)).isFalse();
        assertThat(leases.isPast(new Object())).isFalse();
        assertThat(leases.isPast(null)).isFalse();
        assertThat(leases.of(physical)).isNull();
    }

    @Test
    void aPoolThatTakesInWhatIsNoneOfOursIsNotRecorded() {
        Object entry = new Object();

        assertThat(leases.hold(physical, entry, new FakeHolder(new Object(), connection)))
                .isFalse();
        assertThat(leases.isPast(entry)).isFalse();
        assertThat(events.pooled).isEmpty();
    }

    @Test
    void aPoolThatTakesInOneOfOursIsSaid() {
        Lease lease = lease(physical, one, Lease.NEVER);
        FakeHolder holder = new FakeHolder(new Object(), connection);
        leases.add(physical, lease);

        assertThat(leases.hold(physical, new Object(), holder)).isTrue();
        assertThat(lease.holder()).isSameAs(holder);
        assertThat(leases.of(physical)).isSameAs(lease);
        assertThat(events.pooled).singleElement().satisfies(pooled -> {
            assertThat(pooled.database).isEqualTo("orders");
            assertThat(pooled.pool).isEqualTo("a pool, for the test");
        });
    }

    @Test
    void onlyWhatIsOpenOnTheEndpointIsRetired() {
        Connection other = new FakeConnection().physical();
        leases.add(physical, lease(physical, one, Lease.NEVER));
        leases.add(other, lease(other, two, Lease.NEVER));

        leases.retire(one, Reason.DRAINED);

        assertThat(leases.isPast(physical)).isTrue();
        assertThat(leases.isPast(other)).isFalse();
        assertThat(leases.of(physical).reason()).isEqualTo(Reason.DRAINED);
    }

    @Test
    void onlyWhatIsOpenOnTheEndpointIsCut() {
        FakeConnection elsewhere = new FakeConnection();
        Connection other = elsewhere.physical();
        leases.add(physical, lease(physical, one, Lease.NEVER));
        leases.add(other, lease(other, two, Lease.NEVER));

        leases.abort(one, Runnable::run);

        assertThat(connection.aborted).isTrue();
        assertThat(elsewhere.aborted).isFalse();
    }

    @Test
    void aDriverThatCannotAbortKeepsNoOtherFromIt() {
        for (Throwable refusal :
                new Throwable[] {new SQLException("gone"), new IllegalStateException(), new AbstractMethodError()}) {
            FakeConnection old = new FakeConnection();
            old.unusable = refusal;
            Connection unusable = old.physical();
            leases.add(unusable, lease(unusable, one, Lease.NEVER));
        }
        leases.add(physical, lease(physical, one, Lease.NEVER));

        leases.abort(one, Runnable::run);

        assertThat(connection.aborted).isTrue();
    }

    @Test
    void whereTheSocketIsKnownItIsClosedAndTheDriverIsNotAsked() {
        boolean[] cut = {false};
        Line line = new Line() {
            @Override
            public boolean isClosed(Connection open) {
                return false;
            }

            @Override
            public boolean cut() {
                cut[0] = true;
                return true;
            }
        };
        leases.add(physical, new Lease(physical, line, database, one, time.millis(), Lease.NEVER));

        leases.abort(one, Runnable::run);

        assertThat(cut[0]).isTrue();
        assertThat(connection.aborted).isFalse();
    }

    private Lease lease(Connection of, Endpoint endpoint, long deadline) {
        return new Lease(of, database, endpoint, time.millis(), deadline);
    }
}
