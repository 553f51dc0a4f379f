package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.given.Configured;
import io.rdsagent.token.Identity;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenException;
import io.rdsagent.token.TokenRequest;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

class AttemptTest {

    private static final Endpoint ENDPOINT = Configured.endpoint("db-1:5432");

    private final Token token = new Token(
            new TokenRequest("db-1", 5432, "app", "eu-west-1", Identity.DEFAULT),
            "the-secret",
            "the test",
            Instant.EPOCH,
            null,
            null);
    private final Attempt attempt = new Attempt(ENDPOINT, "app", Long.MAX_VALUE, null, (name, user) -> token);

    @Test
    void whatTheDriverKeepsOfItHoldsNoToken() throws Exception {
        try (javax.net.ssl.SSLSocket secured = (javax.net.ssl.SSLSocket)
                javax.net.ssl.SSLSocketFactory.getDefault().createSocket()) {
            attempt.password("app", secured);
            assertThat(attempt.token()).isNotNull();

            attempt.succeeded(token -> {});

            assertThat(attempt.token()).isNull();
        }
    }

    @Test
    void aSecondLoginOfTheSameConnectionBeginsItsSessionAnewWithTheTokenItSent() throws Exception {
        List<Token> begun = new ArrayList<>();
        attempt.renewed();
        attempt.succeeded(begun::add);

        attempt.password("app");
        attempt.renewed();

        assertThat(begun).containsExactly(token);
        assertThat(attempt.token()).isNull();
    }

    @Test
    void aPlainSocketGetsNoToken() {
        assertThatThrownBy(() -> attempt.password("app", new Socket()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("no token was sent")
                .satisfies(refusal ->
                        assertThat(((SQLException) refusal).getSQLState()).isEqualTo("08001"))
                .satisfies(refusal -> assertThat(refusal.toString()).doesNotContain("the-secret"));
        assertThat(attempt.wasPlainText()).isTrue();
        assertThat(attempt.token()).isNull();
    }

    @Test
    void aSecuredSocketGetsTheToken() throws Exception {
        try (SSLSocket secured = (SSLSocket) SSLSocketFactory.getDefault().createSocket()) {
            assertThat(attempt.password("app", secured)).isEqualTo("the-secret");
        }
        assertThat(attempt.wasPlainText()).isFalse();
        assertThat(attempt.token()).isSameAs(token);
    }

    @Test
    void withoutIamThePasswordIsTheApplicationsOnAnySocket() throws Exception {
        Attempt own = new Attempt(ENDPOINT, "app", Long.MAX_VALUE, null, null);

        assertThat(own.password("app", new Socket())).isNull();
        assertThat(own.wasPlainText()).isFalse();
        assertThat(own.token()).isNull();
    }

    @Test
    void withoutATokenTheLoginIsRefusedWithTheReason() {
        Attempt failing = new Attempt(ENDPOINT, "app", Long.MAX_VALUE, null, (name, user) -> {
            throw new TokenException("There are no credentials.", "Set some.");
        });

        assertThatThrownBy(() -> failing.password("app", new Socket()))
                .isInstanceOf(SQLException.class)
                .hasMessage("There are no credentials. Set some.");
        assertThat(failing.withoutToken()).hasMessage("There are no credentials. Set some.");
    }

    @Test
    void whenTheTimeIsUpTheSocketIsClosed() throws Exception {
        Socket socket = attempt.sockets(SocketFactory.getDefault()).createSocket();
        assertThat(socket.isClosed()).isFalse();

        attempt.expire();

        assertThat(socket.isClosed()).isTrue();
        assertThat(attempt.hasExpired()).isTrue();
    }

    @Test
    void aSocketThatIsMadeWhenTheTimeIsUpIsClosedAtOnce() throws Exception {
        attempt.expire();

        assertThat(attempt.sockets(SocketFactory.getDefault()).createSocket().isClosed())
                .isTrue();
    }

    @Test
    void whereTheDriverIsToDialItselfItsSocketIsNotConnected() throws Exception {
        try (Socket socket = attempt.sockets(SocketFactory.getDefault()).createSocket()) {
            assertThat(socket.isConnected()).isFalse();
        }
    }

    @Test
    void whereAnotherAddressIsDialledTheSocketComesConnected() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Endpoint tunnel = new Endpoint(
                    HostPort.of("127.0.0.1", server.getLocalPort()), HostPort.of("db-1.example.com", 5432), null);
            Attempt dialled = new Attempt(tunnel, "app", Long.MAX_VALUE, null, (name, user) -> token);

            try (Socket socket = dialled.sockets(SocketFactory.getDefault()).createSocket()) {
                assertThat(socket.getPort()).isEqualTo(server.getLocalPort());
            }
        }
    }

    @Test
    void anAddressWhereNothingListensLeavesNoSocketOpen() throws Exception {
        ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        server.close();
        Endpoint tunnel = new Endpoint(
                HostPort.of("127.0.0.1", server.getLocalPort()), HostPort.of("db-1.example.com", 5432), null);
        Attempt dialled = new Attempt(tunnel, "app", Long.MAX_VALUE, null, (name, user) -> token);

        assertThatThrownBy(() -> dialled.sockets(SocketFactory.getDefault()).createSocket())
                .isInstanceOf(java.net.ConnectException.class);
    }
}
