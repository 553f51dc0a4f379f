package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.Probe;
import io.rdsagent.tls.Trust;
import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/**
 * SSLRequest and the handshake. Which certificate it is doesn't matter here: a probe asks for life and sends nothing
 * that anyone may not see. The server logs nothing of it.
 *
 * @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-SSL">SSL Session Encryption</a>
 */
final class PostgresHandshake implements Probe.Handshake {

    private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 22, 47};

    private volatile Trust anybody;

    @Override
    public void shake(Socket socket, HostPort signingName) throws IOException {
        requestTls(socket);
        try (SSLSocket secured = (SSLSocket)
                anybody().socketFactory(false).createSocket(socket, signingName.host(), signingName.port(), true)) {
            secured.startHandshake();
        }
    }

    static void requestTls(Socket socket) throws IOException {
        socket.getOutputStream().write(SSL_REQUEST);
        int answer = socket.getInputStream().read();
        if (answer != 'S') {
            throw new IOException(
                    answer < 0
                            ? "the server hung up before TLS"
                            : answer == 'N' ? "the server speaks no TLS" : "the server is not a PostgreSQL");
        }
    }

    /** Built when it is first needed, and kept for its TLS sessions. */
    private Trust anybody() {
        if (anybody == null) {
            anybody = Trust.none();
        }
        return anybody;
    }
}
