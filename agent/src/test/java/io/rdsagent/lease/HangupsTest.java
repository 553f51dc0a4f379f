package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import io.rdsagent.event.Reason;
import io.rdsagent.given.FakeConnection;
import java.io.File;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.Connection;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

@EnabledOnOs(LINUX)
class HangupsTest extends Retiring {

    private final Hangups hangups = new Hangups(leases, retirement::hurry, time, events);
    private ServerSocket server;
    private Socket client;
    private Socket accepted;

    @BeforeEach
    void connect() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        client = new Socket(server.getInetAddress(), server.getLocalPort());
        accepted = server.accept();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        client.close();
        accepted.close();
    }

    @Test
    void anIdleConnectionThatTheOtherSideHasClosedGoesWithoutBeingRead() throws Exception {
        Held held = overTheSocket();
        hangups.look();
        assertThat(reason(held)).isNull();

        accepted.getOutputStream().write('!');
        accepted.close();
        awaitReason(held, Reason.HUNG_UP);
        time.advance(ROUND);

        assertThat(held.connection().closed).isTrue();
        assertThat(client.getInputStream().read()).as("what was sent before").isEqualTo('!');
        assertThat(events.notices)
                .singleElement()
                .satisfies(notice -> assertThat(notice.text).contains("has closed 1 idle connection from its side"));
    }

    @Test
    void oneThatWasResetIsMissedInTheListAndGoesToo() throws Exception {
        Held held = overTheSocket();
        hangups.look();

        accepted.setSoLinger(true, 0);
        accepted.close();

        awaitReason(held, Reason.HUNG_UP);
    }

    @Test
    void oneInUseIsLeftToWhoUsesIt() throws Exception {
        Held held = overTheSocket();
        held.holder().stamp = Holder.IN_USE;
        accepted.close();

        hangups.look();
        hangups.look();

        assertThat(reason(held)).isNull();
    }

    @Test
    void whereTheListIsEmptyOrNotThereNothingFollowsFromIt() throws Exception {
        Held held = overTheSocket();
        File empty = File.createTempFile("tcp", "");
        empty.deleteOnExit();
        for (File list : List.of(empty, new File("/nowhere/tcp"))) {
            Hangups blind = new Hangups(leases, new SocketTable(List.of(list)), retirement::hurry, time, events);
            for (int i = 0; i < 3; i++) {
                blind.look();
            }
        }

        assertThat(reason(held)).isNull();
    }

    private Held overTheSocket() {
        FakeConnection connection = new FakeConnection();
        Connection physical = connection.physical();
        Held held = new Held(connection, new FakeHolder(pool, connection), physical, new Object());
        kept.add(held);
        Lease.Closed line = new Lease.Closed() {
            @Override
            public boolean isClosed(Connection any) {
                return connection.closed;
            }

            @Override
            public Socket socket() {
                return client;
            }
        };
        retirement.begin(physical, new Lease(physical, line, database, endpoint, time.millis(), Lease.NEVER));
        leases.hold(physical, held.entry(), held.holder());
        return held;
    }

    private Reason reason(Held held) {
        return leases.of(held.physical()).reason();
    }

    /** The other side's word takes its time, also on loopback. */
    private void awaitReason(Held held, Reason why) {
        Awaitility.await().until(() -> {
            hangups.look();
            return reason(held) == why;
        });
    }
}
