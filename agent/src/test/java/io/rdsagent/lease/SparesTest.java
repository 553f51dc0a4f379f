package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rdsagent.event.Reason;
import io.rdsagent.event.Spare;
import io.rdsagent.event.Spare.Fate;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Connections that are opened ahead of need. */
class SparesTest extends Retiring {

    private static final Duration LIFE = Duration.ofSeconds(100);
    /** A spare is opened this long before its time. */
    private static final Duration LEAD = Duration.ofSeconds(2);

    private final FakeRecipe recipe = new FakeRecipe();

    /** Makes connections at once; equal to itself alone. */
    private final class FakeRecipe implements Recipe {

        final List<FakeConnection> opened = new ArrayList<>();
        final List<Connection> physical = new ArrayList<>();
        SQLException failure;
        boolean news;

        @Override
        public Connection open() throws SQLException {
            if (failure != null) {
                throw failure;
            }
            FakeConnection made = new FakeConnection();
            opened.add(made);
            physical.add(made.physical());
            return begin(physical.get(physical.size() - 1));
        }

        private Connection begin(Connection connection) {
            Lease lease = new Lease(
                    connection,
                    new Line() {
                        @Override
                        public boolean isClosed(Connection open) throws SQLException {
                            return open.isClosed();
                        }

                        @Override
                        public boolean hasNews() {
                            return news;
                        }
                    },
                    database,
                    endpoint,
                    time.millis(),
                    time.millis() + LIFE.toMillis());
            lease.madeBy(this);
            retirement.begin(connection, lease);
            return connection;
        }
    }

    private Held pooled() {
        return pooled(recipe, time.millis() + LIFE.toMillis());
    }

    private Held pooled(Recipe how, long deadline) {
        Held held = held(pool, deadline);
        leases.of(held.physical()).madeBy(how);
        return held;
    }

    @Test
    void aSpareWaitsBeforeAConnectionsTimeIsOver() {
        pooled();

        time.advance(LIFE.minus(LEAD).minusMillis(1));
        assertThat(recipe.opened).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(recipe.opened).hasSize(1);
        assertThat(spares.waiting(recipe)).isEqualTo(1);
        assertThat(endpoint.open()).as("counted once each").isEqualTo(2);
    }

    @Test
    void ofAShortLifeItIsATenthBefore() {
        pooled(recipe, time.millis() + 3000);

        time.advance(Duration.ofMillis(2699));
        assertThat(recipe.opened).isEmpty();
        time.advance(Duration.ofMillis(1));
        assertThat(recipe.opened).hasSize(1);
    }

    @Test
    void whoConnectsWithTheSameRecipeGetsItAndNobodyGetsItTwice() {
        pooled();
        time.advance(LIFE.minus(LEAD));

        assertThat(spares.take(new FakeRecipe())).as("another recipe").isNull();
        assertThat(spares.take(null)).isNull();
        assertThat(spares.take(recipe)).isSameAs(recipe.physical.get(0));
        assertThat(spares.take(recipe)).isNull();
        assertThat(fates()).containsExactly(Fate.OPENED, Fate.TAKEN);
        assertThat(leases.of(recipe.physical.get(0)).opener())
                .as("whoever asked for it")
                .hasToString("org.junit.platform.commons.util.ReflectionUtils.invokeMethod");
    }

    @Test
    void forEachConnectionThereIsOneSpareAtMost() {
        Held held = pooled();
        held.holder().stamp = Holder.IN_USE;
        time.advance(LIFE.minus(LEAD));
        spares.take(recipe);

        time.advance(Duration.ofSeconds(20));

        assertThat(recipe.opened).hasSize(1);
    }

    @Test
    void noMoreWaitAtOnceThanAreConfigured() {
        database = Configured.orders(Configured.database("spares=3;connect.rate=1000/s;idle=off"), endpoint);
        for (int i = 0; i < 10; i++) {
            pooled();
        }

        time.advance(LIFE.minus(LEAD));

        assertThat(spares.waiting(recipe)).isEqualTo(3);
    }

    @Test
    void withSparesOffNoneIsOpened() {
        database = Configured.orders(Configured.database("spares=0;idle=off"), endpoint);
        pooled();

        time.advance(LIFE.multipliedBy(2));

        assertThat(recipe.opened).isEmpty();
    }

    @Test
    void aDirectConnectionHasNone() {
        Connection direct = new FakeConnection().physical();
        Lease lease = new Lease(direct, database, endpoint, time.millis(), time.millis() + LIFE.toMillis());
        lease.madeBy(recipe);
        retirement.begin(direct, lease);

        time.advance(LIFE.multipliedBy(2));

        assertThat(recipe.opened).isEmpty();
    }

    @Test
    void aConnectionWithoutAnEndHasNone() {
        pooled(recipe, Lease.NEVER);

        time.advance(LIFE.multipliedBy(2));

        assertThat(recipe.opened).isEmpty();
    }

    @Test
    void aConnectionGoesWhenItsSpareWaits() {
        database = Configured.orders(Configured.database("connect.rate=1/s;idle=off"), endpoint);
        Held held = pooled();

        time.advance(LIFE);

        assertThat(held.connection().closed)
                .as("with the login made ahead, the rate is kept")
                .isTrue();
    }

    @Test
    void aConnectionWaitsHalfASecondForItsSpareAndNoLonger() {
        Held first = pooled();
        Held second = pooled();
        time.advance(LIFE);
        assertThat(closed(List.of(first, second)))
                .as("one spare, one connection")
                .isEqualTo(1);
        spares.take(recipe);

        time.advance(ROUND);
        assertThat(recipe.opened).as("the second's").hasSize(2);
        spares.take(recipe);

        time.advance(Duration.ofMillis(300));
        assertThat(closed(List.of(first, second))).isEqualTo(1);
        time.advance(Duration.ofMillis(200));
        assertThat(closed(List.of(first, second))).isEqualTo(2);
    }

    @Test
    void aSpareThatNobodyComesForIsClosedAndNoOtherOpenedForAWhile() {
        Held held = pooled();
        held.holder().stamp = Holder.IN_USE;
        pooled(recipe, time.millis() + LIFE.multipliedBy(2).toMillis());
        time.advance(LIFE.minus(LEAD));

        time.advance(Duration.ofMillis(Spares.KEPT_MILLIS + 1000));
        assertThat(recipe.opened.get(0).closed).isTrue();
        assertThat(events.spares)
                .last()
                .satisfies(spare -> assertThat(spare.why).isEqualTo("nobody came for it"));

        time.advance(LIFE);
        assertThat(recipe.opened).as("though another was due").hasSize(1);
    }

    @Test
    void whenItsPoolIsGoneItIsClosed() {
        Held held = pooled();
        time.advance(LIFE.minus(LEAD));
        held.connection().closed = true;

        time.advance(Duration.ofSeconds(3));

        assertThat(recipe.opened.get(0).closed).isTrue();
        assertThat(endpoint.open()).isZero();
        assertThat(time.waiting()).as("nothing is left to look at").isEmpty();
    }

    @Test
    void whatIsOnADeadEndpointIsClosedAndNotHandedOut() {
        pooled();
        time.advance(LIFE.minus(LEAD));

        leases.retire(endpoint, Reason.ENDPOINT_DEAD);

        assertThat(spares.take(recipe)).isNull();
        time.advance(Duration.ofSeconds(1));
        assertThat(recipe.opened.get(0).closed).isTrue();
        assertThat(events.spares)
                .last()
                .satisfies(spare -> assertThat(spare.why).contains("endpoint dead"));
    }

    @Test
    void whatTheServerHasClosedOrSaidGoodbyeToIsNotHandedOut() {
        pooled();
        time.advance(LIFE.minus(LEAD));
        recipe.news = true;
        assertThat(spares.take(recipe)).isNull();

        recipe.news = false;
        Held other = pooled(recipe, time.millis() + 10_000);
        time.advance(Duration.ofSeconds(9));
        assertThat(spares.waiting(recipe)).isEqualTo(1);
        recipe.opened.get(1).closed = true;
        assertThat(spares.take(recipe)).isNull();
        assertThat(other.connection().closed).isFalse();
    }

    @Test
    void whereNoneCanBeOpenedThePoolIsNotHeldUpForLong() {
        recipe.failure = new SQLException("too many connections", "53300");
        Held held = pooled();

        time.advance(LIFE.plus(Duration.ofMillis(600)));

        assertThat(held.connection().closed).isTrue();
        assertThat(fates()).containsExactly(Fate.NOT_OPENED);
        assertThat(events.spares.get(0).why).contains("too many connections");
        assertThat(events.failedLogins).isEmpty();
    }

    private List<Fate> fates() {
        return events.spares.stream().map((Spare spare) -> spare.fate).toList();
    }

    @Test
    void whereThereWasNoThreadToOpenOneAnotherIsOpenedLater() {
        Held due = pooled();
        boolean[] noThreads = {true};
        Spares starved = new Spares(
                leases,
                time,
                task -> {
                    if (noThreads[0]) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    task.run();
                },
                events);
        Lease lease = leases.of(due.physical());
        assertThatThrownBy(() -> starved.open(lease, time.millis())).isInstanceOf(OutOfMemoryError.class);
        noThreads[0] = false;
        assertThat(starved.isShort(lease, time.millis())).isFalse();

        time.advance(Duration.ofSeconds(10));

        assertThat(starved.isShort(lease, time.millis())).isTrue();
        starved.open(lease, time.millis());
        assertThat(starved.waiting(recipe)).isEqualTo(1);
    }
}
