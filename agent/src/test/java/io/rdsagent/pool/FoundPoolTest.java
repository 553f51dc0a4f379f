package io.rdsagent.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import io.rdsagent.event.Reason;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import io.rdsagent.lease.LeasesFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FoundPoolTest {

    /** By then it is sure that a closed one did not come out. */
    private static final long LATER = 2000;

    private final Endpoint endpoint = Configured.endpoint("db-1:5432");
    private final LeasesFixture leases = new LeasesFixture();
    private final Leased leased = new Leased(leases.leases());
    private final List<Notice> notices = new ArrayList<>();
    private final IdentityHashMap<Connection, FakeConnection> fakes = new IdentityHashMap<>();
    private final TestedPool tested = new TestedPool();
    private final FoundPool pool = new FoundPool(TestedPool.class, leased, new Events() {
        @Override
        public void notice(Notice notice) {
            notices.add(notice);
        }
    });
    private long now = 1000;

    @BeforeEach
    void itIsSeenWhereTheIdleOnesLie() {
        for (int i = 0; i < 3; i++) {
            tested.idle.add(open());
        }
        for (int i = 0; i < 6; i++) {
            pool.enter(tested, now);
            Connection taken = tested.idle.remove();
            assertThat(handOut(taken)).isTrue();
            tested.idle.add(taken);
        }
    }

    @Test
    void oneThatComesOutAlthoughItWasClosedWhereItLayIsKeptBackAndThePoolLeftAlone() {
        leases.leases().retire(endpoint, Reason.AGE);
        pool.enter(tested, now);

        assertThat(tested.idle)
                .filteredOn(FoundPoolTest::isClosed)
                .singleElement()
                .satisfies(one -> assertThat(handOut(one)).isFalse());
        assertThat(said()).singleElement().asString().contains("leaves this pool alone");
    }

    @Test
    void whenTheFirstHasNotComeOutTheOthersGoTheSameWay() {
        leases.leases().retire(endpoint, Reason.AGE);
        pool.enter(tested, now);
        tested.idle.removeIf(FoundPoolTest::isClosed);
        now += LATER;
        pool.enter(tested, now);

        assertThat(said()).singleElement().asString().contains("takes a new connection in place");
        assertThat(fakes.values()).filteredOn(one -> one.closed).hasSize(2);
    }

    @Test
    void aPoolThatHasShownThatItLooksMayOverlookOneNowAndThenButNotEachTime() {
        leases.leases().retire(endpoint, Reason.AGE);
        pool.enter(tested, now);
        tested.idle.removeIf(FoundPoolTest::isClosed);
        now += LATER;
        pool.enter(tested, now);
        Connection overlooked =
                tested.idle.stream().filter(FoundPoolTest::isClosed).findAny().orElseThrow();

        assertThat(handOut(overlooked)).isFalse();
        assertThat(handOut(overlooked)).isFalse();
        assertThat(handOut(overlooked)).isFalse();
        assertThat(said()).noneMatch(text -> text.contains("leaves this pool alone"));
        assertThat(handOut(overlooked)).isFalse();
        assertThat(said()).last().asString().contains("leaves this pool alone");
    }

    @Test
    void oneThatIsTakenAfterItWasLookedForIsNotClosed() {
        tested.idle.looked = () -> tested.idle.removeIf(one -> true);
        leases.leases().retire(endpoint, Reason.AGE);
        List<Connection> before = new ArrayList<>(tested.idle);
        pool.enter(tested, now);

        assertThat(before).allSatisfy(one -> assertThat(handOut(one)).isTrue());
    }

    @Test
    void aPoolIsNotBlamedForOneThatWasTakenWhileItWasBeingClosed() {
        List<Connection> taken = new ArrayList<>();
        fakes.values().forEach(one -> one.closing = () -> take(one, taken));
        leases.leases().retire(endpoint, Reason.AGE);
        pool.enter(tested, now);

        assertThat(taken)
                .singleElement()
                .satisfies(one -> assertThat(handOut(one)).isFalse());
        assertThat(said()).isEmpty();
    }

    @Test
    void norIfTheConnectionWasForgottenByThen() {
        List<Connection> taken = new ArrayList<>();
        fakes.values().forEach(one -> one.closing = () -> take(one, taken));
        leases.leases().retire(endpoint, Reason.AGE);
        pool.enter(tested, now);

        assertThat(taken)
                .singleElement()
                .satisfies(one -> assertThat(pool.leave(tested, one, null)).isFalse());
        assertThat(said()).isEmpty();
    }

    @Test
    void onceMoreItDoesNotReachTheApplicationEither() {
        List<Connection> taken = new ArrayList<>();
        fakes.values().forEach(one -> one.closing = () -> take(one, taken));
        leases.leases().retire(endpoint, Reason.AGE);
        pool.enter(tested, now);
        pool.leave(tested, taken.get(0), null);

        assertThat(pool.leave(tested, taken.get(0), null)).isFalse();
        assertThat(said()).singleElement().asString().contains("leaves this pool alone");
    }

    private void take(FakeConnection wanted, List<Connection> taken) {
        tested.idle.removeIf(one -> fakes.get(one) == wanted && taken.add(one));
    }

    private Connection open() {
        FakeConnection one = new FakeConnection();
        Connection physical = one.physical();
        leases.add(physical, endpoint);
        fakes.put(physical, one);
        return physical;
    }

    private boolean handOut(Connection connection) {
        return pool.leave(tested, connection, leased.of(connection));
    }

    private List<String> said() {
        return notices.stream().map(notice -> notice.text).toList();
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static final class TestedPool {
        private final Idle idle = new Idle();
    }

    private static final class Idle extends ArrayDeque<Connection> {

        private transient int looks;
        private transient Runnable looked = () -> {};

        @Override
        public Object[] toArray() {
            Object[] seen = super.toArray();
            if (++looks % 2 == 0) {
                looked.run();
            }
            return seen;
        }
    }
}
