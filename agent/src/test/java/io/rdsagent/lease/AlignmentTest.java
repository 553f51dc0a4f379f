package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Discoveries;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Health;
import io.rdsagent.endpoint.Member;
import io.rdsagent.endpoint.Probe;
import io.rdsagent.endpoint.TopologySource;
import io.rdsagent.endpoint.View;
import io.rdsagent.event.Reason;
import io.rdsagent.event.Retired;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of open connections when the instances or their roles change, or a person orders them away. */
class AlignmentTest extends Retiring {

    private static final String CLUSTER = "orders.cluster-abcdefghijkl.eu-west-1.rds.amazonaws.com";

    private List<Member> members = List.of(member(1, Role.WRITER), member(2, Role.READER));
    private final Databases databases = new Databases(Configured.noAliases(time), () -> 0, any -> {});
    private final Discoveries discoveries = new Discoveries(
            databases,
            new Health(
                    new Probe((socket, name) -> {}, time.timer()), time, time.timer(), task -> {}, nothing(), events),
            new Alignment(leases, retirement, time),
            null,
            (config, name) -> null,
            time,
            time.timer(),
            Runnable::run,
            events);

    private final Draining draining = new Draining(databases, leases, retirement);

    @Test
    void connectionsToAWriterThatIsNoMoreLeaveAtOnceAllTogether() {
        Database writer = known(CLUSTER, "connect.rate=1/s");
        List<FakeConnection> idle = held(writer, writer.endpoints().get(0), 10);

        members = List.of(member(1, Role.READER), member(2, Role.WRITER));
        writer.suspect();
        time.advance(Duration.ofMillis(300));

        assertThat(idle).allSatisfy(connection -> assertThat(connection.closed).isTrue());
        time.advance(Duration.ofSeconds(1));
        assertThat(reasons()).hasSize(10).containsOnly(Reason.ROLE_LOST);
    }

    @Test
    void connectionsOfReadersToTheNewWriterLeaveInTurn() {
        Database readers = known(CLUSTER.replace("cluster-", "cluster-ro-"), "connect.rate=1000/s");
        List<FakeConnection> idle = held(readers, readers.endpoints().get(0), 10);

        members = List.of(member(1, Role.READER), member(2, Role.WRITER));
        readers.suspect();
        time.advance(Duration.ofMillis(200));

        assertThat(idle.stream().filter(connection -> connection.closed).count())
                .isBetween(1L, 6L);
        time.advance(Duration.ofSeconds(3));
        assertThat(reasons()).hasSize(10).containsOnly(Reason.ROLE_LOST);
    }

    @Test
    void connectionsToAnInstanceThatHasLeftAreDrained() {
        Database any = known(CLUSTER, "role=any;connect.rate=1000/s");
        held(any, any.endpoints().get(1), 4);

        members = List.of(member(1, Role.WRITER));
        time.advance(Duration.ofSeconds(40));

        assertThat(reasons()).hasSize(4).containsOnly(Reason.DRAINED);
    }

    @Test
    void whatWasOpenedByTheClustersNameBelongsToTheInstanceThatItWentTo() throws Exception {
        Database writer = databases.of(Configured.database("connect.rate=1000/s"), Configured.hosts(CLUSTER));
        Endpoint named = writer.endpoints().get(0);
        Lease lease = openedByName(writer, "127.0.0.1");

        begin(writer);

        assertThat(lease.endpoint()).isSameAs(writer.endpoints().get(0)).isNotSameAs(named);
        assertThat(named.open()).isZero();
        assertThat(lease.endpoint().open()).isEqualTo(1);
        members = List.of(member(1, Role.READER), member(2, Role.WRITER));
        writer.suspect();
        time.advance(Duration.ofMillis(300));
        assertThat(lease.reason()).isEqualTo(Reason.ROLE_LOST);
    }

    @Test
    void whatWentToAnAddressThatIsNoInstancesStaysWithTheName() throws Exception {
        Database writer = databases.of(Configured.database("connect.rate=1000/s"), Configured.hosts(CLUSTER));
        Endpoint named = writer.endpoints().get(0);
        Lease lease = openedByName(writer, "127.9.9.9");

        begin(writer);
        time.advance(Duration.ofMinutes(2));

        assertThat(lease.endpoint()).isSameAs(named);
        assertThat(lease.reason()).isNull();
    }

    @Test
    void anOrderedDrainEmptiesAnEndpointAndSparesWhatIsInUse() {
        Database any = known(CLUSTER, "role=any;connect.rate=1000/s");
        Endpoint left = any.endpoints().get(1);
        List<FakeConnection> idle = held(any, left, 5);
        FakeHolder busy = lastHolder;
        busy.stamp = Holder.IN_USE;

        assertThat(draining.drain(left.address())).isEqualTo(5);
        time.advance(Duration.ofSeconds(5));

        assertThat(idle.stream().filter(connection -> connection.closed).count())
                .isEqualTo(4);
        assertThat(reasons()).containsOnly(Reason.ORDERED);
        for (int i = 0; i < 4; i++) {
            assertThat(any.balancer().order().get(0)).isNotSameAs(left);
        }
        busy.stamp = 2;
        time.advance(Duration.ofSeconds(1));
        assertThat(idle).allSatisfy(connection -> assertThat(connection.closed).isTrue());
    }

    @Test
    void afterTheOrderIsTakenBackItServesAgain() {
        Database any = known(CLUSTER, "role=any");
        Endpoint left = any.endpoints().get(1);
        draining.drain(left.address());
        draining.undrain(left.address());

        assertThat(List.of(any.balancer().order().get(0), any.balancer().order().get(0)))
                .contains(left);
    }

    @Test
    void anEndpointThatIsDrainedStillServesWhereThereIsNoOther() {
        Database writer = known(CLUSTER, "iam=auto");
        draining.drain(writer.endpoints().get(0).address());

        assertThat(writer.balancer().order().get(0)).isSameAs(writer.endpoints().get(0));
    }

    private FakeHolder lastHolder;

    private List<FakeConnection> held(Database of, Endpoint where, int count) {
        List<FakeConnection> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            FakeConnection connection = new FakeConnection();
            Connection physical = connection.physical();
            lastHolder = new FakeHolder(pool, connection);
            Held held = new Held(connection, lastHolder, physical, new Object());
            kept.add(held);
            retirement.begin(physical, new Lease(physical, of, where, time.millis(), Lease.NEVER));
            leases.hold(physical, held.entry(), lastHolder);
            connections.add(connection);
        }
        return connections;
    }

    private Database known(String host, String settings) {
        Database known = databases.of(Configured.database(settings), Configured.hosts(host));
        known.balancer().order();
        begin(known);
        return known;
    }

    private void begin(Database of) {
        discoveries.begin(of, name -> new Told());
        time.advance(Duration.ofSeconds(1));
    }

    private List<Reason> reasons() {
        return events.retired.stream().map((Retired retired) -> retired.reason).toList();
    }

    /** On the loopback, so that their names are addresses. */
    private static Member member(int number, Role role) {
        return new Member(HostPort.of("127.0.0." + number, 5432), role);
    }

    /** Before it was known which instance is behind the name. */
    private Lease openedByName(Database database, String address) throws Exception {
        FakeConnection early = new FakeConnection();
        Connection physical = early.physical();
        kept.add(new Held(early, null, physical, null));
        Endpoint named = database.endpoints().get(0);
        Lease lease = new Lease(physical, at(address), database, named, time.millis(), Lease.NEVER);
        retirement.begin(physical, lease);
        return lease;
    }

    private static Line at(String address) throws Exception {
        InetAddress peer = InetAddress.getByName(address);
        Socket socket = new Socket() {
            @Override
            public InetAddress getInetAddress() {
                return peer;
            }
        };
        return new Line() {
            @Override
            public boolean isClosed(Connection physical) throws java.sql.SQLException {
                return physical.isClosed();
            }

            @Override
            public Socket socket() {
                return socket;
            }
        };
    }

    private final class Told implements TopologySource {

        @Override
        public View ask(Endpoint where) {
            return new View(members, null);
        }

        @Override
        public String toString() {
            return "the test";
        }
    }

    private static Health.Consequence nothing() {
        return new Health.Consequence() {
            @Override
            public void silent(Database database, Endpoint endpoint) {}

            @Override
            public void dead(Database database, Endpoint endpoint) {}
        };
    }
}
