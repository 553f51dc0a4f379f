package io.rdsagent.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.LeasesFixture;
import java.sql.Connection;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.junit.jupiter.api.Test;

class BeneathTest {

    private final LeasesFixture fixture = new LeasesFixture();
    private final Leases leases = fixture.leases();
    private final Connection ours = leased();

    @Test
    void findsTheConnectionInAFieldOfItsSuperclass() {
        assertThat(Beneath.find(leases, new OfADriver(ours))).isSameAs(ours);
    }

    @Test
    void findsItThroughAnotherPooledConnection() {
        assertThat(Beneath.find(leases, new OfAPool(new OfADriver(ours)))).isSameAs(ours);
    }

    @Test
    void findsItWhereItIsHandedOverItself() {
        assertThat(Beneath.find(leases, ours)).isSameAs(ours);
    }

    @Test
    void findsNoConnectionThatIsNoneOfOurs() {
        assertThat(Beneath.find(leases, new OfADriver(new FakeConnection().physical())))
                .isNull();
        assertThat(Beneath.find(leases, new OfADriver(null))).isNull();
    }

    @Test
    void endsWhereTheyNameEachOther() {
        OfAPool first = new OfAPool(null);
        first.other = new OfAPool(first);

        assertThat(Beneath.find(leases, first)).isNull();
    }

    private Connection leased() {
        Connection connection = new FakeConnection().physical();
        fixture.add(connection, Configured.endpoint("db-1:5432"));
        return connection;
    }

    private abstract static class Pooled implements PooledConnection {

        @Override
        public Connection getConnection() {
            throw new AssertionError("takes back the handle that is out");
        }

        @Override
        public void close() {}

        @Override
        public void addConnectionEventListener(ConnectionEventListener listener) {}

        @Override
        public void removeConnectionEventListener(ConnectionEventListener listener) {}

        @Override
        public void addStatementEventListener(StatementEventListener listener) {}

        @Override
        public void removeStatementEventListener(StatementEventListener listener) {}
    }

    private static class Base extends Pooled {

        final String name = "pooled";
        private final Connection physical;

        Base(Connection physical) {
            this.physical = physical;
        }

        @Override
        public String toString() {
            return name + physical;
        }
    }

    private static final class OfADriver extends Base {
        OfADriver(Connection physical) {
            super(physical);
        }
    }

    private static final class OfAPool extends Pooled {

        private PooledConnection other;

        OfAPool(PooledConnection other) {
            this.other = other;
        }

        @Override
        public String toString() {
            return "around " + other;
        }
    }
}
