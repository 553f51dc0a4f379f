package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Events;
import io.rdsagent.event.Reason;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real sockets, and what Linux says of them. */
class HangUpsTest {

    private final VirtualTime time = new VirtualTime();
    private final Leases leases = new Leases(time, new RecordedEvents());
    private final Endpoint endpoint = Configured.endpoint("db-1:5432");
    private final List<Endpoint> suspects = new ArrayList<>();
    private final List<String> hurries = new ArrayList<>();
    private final List<Connection> kept = new ArrayList<>();
    private HangUps hangUps = over(TcpTable.ofThisProcess());
    private ServerSocket server;
    private Socket client;
    private Socket served;

    private HangUps over(TcpTable table) {
        return new HangUps(leases, suspects::add, () -> hurries.add("hurry"), table, time, new Events() {});
    }

    @BeforeEach
    void listen() throws IOException {
        assumeTrue(new File("/proc/self/net/tcp").canRead(), "This is not Linux");
        server = new ServerSocket();
    }

    private Lease connect(String address) throws IOException {
        server.bind(new InetSocketAddress(InetAddress.getByName(address), 0));
        client = new Socket(server.getInetAddress(), server.getLocalPort());
        served = server.accept();
        Line line = new Line() {
            @Override
            public boolean isClosed(Connection physical) {
                return client.isClosed();
            }

            @Override
            public Socket socket() {
                return client;
            }
        };
        Connection physical = new FakeConnection().physical();
        kept.add(physical);
        Lease lease = new Lease(
                physical,
                line,
                Configured.orders(Configured.database("iam=auto"), endpoint),
                endpoint,
                time.millis(),
                Lease.NEVER);
        leases.add(physical, lease);
        return lease;
    }

    @AfterEach
    void close() throws IOException {
        for (AutoCloseable open : new AutoCloseable[] {client, served, server}) {
            if (open != null) {
                try {
                    open.close();
                } catch (Exception closed) {
                    throw new IOException(closed);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.7.8.9", "::1"})
    void whatTheOtherEndHasClosedIsRetiredAndItsEndpointSuspected(String address) throws Exception {
        Lease lease = connect(address);
        hangUps.look();
        assertThat(lease.reason()).isNull();

        served.close();

        Awaitility.await().untilAsserted(() -> {
            hangUps.look();
            assertThat(lease.reason()).isEqualTo(Reason.HUNG_UP);
        });
        assertThat(suspects).containsExactly(endpoint);
        assertThat(hurries).hasSize(1);
        assertThat(lease.isUrgent(time.millis())).isTrue();
    }

    @Test
    void whatTheOtherEndHasResetIsRetiredTheSecondTimeItIsMissing() throws Exception {
        Lease lease = connect("127.0.0.1");
        hangUps.look();
        served.setSoLinger(true, 0);

        served.close();

        Awaitility.await().untilAsserted(() -> {
            hangUps.look();
            assertThat(lease.reason()).isEqualTo(Reason.HUNG_UP);
        });
    }

    @Test
    void unreadBytesAreNoHangUp() throws Exception {
        Lease lease = connect("127.0.0.1");
        served.getOutputStream().write(1);

        hangUps.look();
        hangUps.look();
        hangUps.look();

        assertThat(lease.reason()).isNull();
        assertThat(suspects).isEmpty();
        assertThat(hurries).isEmpty();
    }

    @Test
    void whatWeHaveClosedOurselvesIsNoHangUp() throws Exception {
        Lease lease = connect("127.0.0.1");
        client.close();

        hangUps.look();
        hangUps.look();

        assertThat(lease.reason()).isNull();
    }

    @Test
    void oneThatIsToldOfOnceIsNotLookedForAgain() throws Exception {
        Lease lease = connect("127.0.0.1");
        hangUps.look();
        served.close();
        Awaitility.await().until(() -> {
            hangUps.look();
            return lease.reason() != null;
        });

        hangUps.look();

        assertThat(suspects).hasSize(1);
    }

    @Test
    void deathIsAReasonMoreUrgentThanAge() throws Exception {
        Lease lease = connect("127.0.0.1");
        lease.retire(Reason.AGE, time.millis());
        hangUps.look();
        served.close();

        Awaitility.await().untilAsserted(() -> {
            hangUps.look();
            assertThat(lease.reason()).isEqualTo(Reason.HUNG_UP);
        });
    }

    @Test
    void whatIsMissingOnceMayHaveBeenOverlooked(@TempDir Path folder) throws Exception {
        Lease lease = connect("127.0.0.1");
        File table = folder.resolve("tcp").toFile();
        Files.writeString(table.toPath(), "head\n");
        hangUps = over(new TcpTable(table));
        hangUps.look();
        Files.copy(Path.of("/proc/self/net/tcp6"), folder.resolve("6"));
        Files.writeString(table.toPath(), Files.readString(folder.resolve("6")));
        hangUps.look();
        Files.writeString(table.toPath(), "head\n");
        hangUps.look();

        assertThat(lease.reason()).isNull();
        hangUps.look();
        assertThat(lease.reason()).isEqualTo(Reason.HUNG_UP);
    }

    @Test
    void aTableThatNeverShowedAConnectionIsNotBelievedWhenItIsMissing(@TempDir Path folder) throws Exception {
        Lease lease = connect("127.0.0.1");
        File sandboxed = folder.resolve("tcp").toFile();
        Files.writeString(sandboxed.toPath(), "head\n");
        hangUps = over(new TcpTable(sandboxed));

        for (int i = 0; i < 5; i++) {
            hangUps.look();
        }

        assertThat(lease.reason()).isNull();
        assertThat(suspects).isEmpty();
    }

    @Test
    void aTableThatShowsNothingAsOpenIsNotBelieved(@TempDir Path folder) throws Exception {
        Lease lease = connect("127.0.0.1");
        File odd = folder.resolve("tcp").toFile();
        Files.writeString(
                odd.toPath(), Files.readString(Path.of("/proc/self/net/tcp6")).replace(" 01 ", " 07 "));
        hangUps = over(new TcpTable(odd));

        hangUps.look();
        hangUps.look();

        assertThat(lease.reason()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 1", "9, 1"})
    void oneThatDoesNotAcknowledgeWhatIsSentAgainAndAgainIsProbedAndKept(int resent, int probes, @TempDir Path folder)
            throws Exception {
        Lease lease = connect("127.0.0.1");
        File table = folder.resolve("tcp").toFile();
        Files.writeString(
                table.toPath(),
                Files.readString(Path.of("/proc/self/net/tcp6"))
                        .replaceAll("( 01 \\S+ \\S+) 0{8}", "$1 0000000" + resent));
        hangUps = over(new TcpTable(table));

        hangUps.look();

        assertThat(suspects).hasSize(probes).allMatch(endpoint::equals);
        assertThat(lease.reason()).isNull();
        assertThat(hurries).isEmpty();
    }

    @Test
    void whereThereIsNoSuchTableNothingIsRetired(@TempDir Path folder) throws Exception {
        Lease lease = connect("127.0.0.1");
        hangUps = over(new TcpTable(folder.resolve("none").toFile()));
        served.close();

        hangUps.look();
        hangUps.look();

        assertThat(lease.reason()).isNull();
    }

    @Test
    void oneSlowLookMayBeABusyMachineAndIsFollowedByAnother() throws Exception {
        Lease lease = connect("127.0.0.1");
        long[] millis = {1000};
        hangUps = slowed(millis);
        hangUps.look();
        millis[0] = 0;

        served.close();

        Awaitility.await().untilAsserted(() -> {
            hangUps.look();
            assertThat(lease.reason()).isEqualTo(Reason.HUNG_UP);
        });
    }

    @Test
    void twoSlowLooksAreALongTableWhichIsReadLessOften() throws Exception {
        Lease lease = connect("127.0.0.1");
        hangUps = slowed(new long[] {1000});
        hangUps.look();
        hangUps.look();

        served.close();

        for (int i = 0; i < 5; i++) {
            hangUps.look();
        }
        assertThat(lease.reason()).isNull();
    }

    /** @param millis how much later it is each time that the clock is asked */
    private HangUps slowed(long[] millis) {
        long[] now = {time.millis()};
        Clock slow = new Clock() {
            @Override
            public Instant instant() {
                now[0] += millis[0];
                return Instant.ofEpochMilli(now[0]);
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
        return new HangUps(
                leases, suspects::add, () -> hurries.add("hurry"), TcpTable.ofThisProcess(), slow, new Events() {});
    }

    @Test
    void oneLookIsTakenHoweverManyAskForItAndAnotherForWhoAsksAfterIt() {
        List<Runnable> threads = new ArrayList<>();

        hangUps.lookSoon(threads::add);
        hangUps.lookSoon(threads::add);
        assertThat(threads).hasSize(1);

        threads.get(0).run();
        hangUps.lookSoon(threads::add);
        assertThat(threads).hasSize(2);
    }

    @Test
    void aLookThatFoundNoThreadIsNotWaitedFor() {
        List<Runnable> threads = new ArrayList<>();
        assertThatThrownBy(() -> hangUps.lookSoon(task -> {
                    throw new OutOfMemoryError("unable to create native thread");
                }))
                .isInstanceOf(OutOfMemoryError.class);

        hangUps.lookSoon(threads::add);

        assertThat(threads).hasSize(1);
    }
}
