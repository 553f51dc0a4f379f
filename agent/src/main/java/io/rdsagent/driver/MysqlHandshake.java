package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.Probe;
import io.rdsagent.tls.Trust;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/**
 * Greeting, SSLRequest, TLS, and a login by a user that there is not. By MySQL's manual, who hangs up earlier is an
 * interrupted handshake, and {@code max_connect_errors} (100) of them without a login between lock the whole host out;
 * a login that is refused is no such error. Either way the server counts one of {@code Aborted_connects}.
 *
 * @see <a href="https://dev.mysql.com/doc/refman/8.4/en/host-cache.html">The Host Cache</a>
 */
final class MysqlHandshake implements Probe.Handshake {

    /** What a server says to a host that has failed there too often. */
    static final int HOST_IS_BLOCKED = 1129;

    private static final int PROTOCOL_41 = 0x200;
    private static final int SSL = 0x800;
    private static final int SECURE_CONNECTION = 0x8000;
    private static final int PLUGIN_AUTH = 0x80000;
    static final int CAPABILITIES = PROTOCOL_41 | SSL | SECURE_CONNECTION | PLUGIN_AUTH;

    static final int ERROR = 0xff;
    static final int OK = 0;
    /** A server that goes on asking is alive, too. */
    private static final int MOST_QUESTIONS = 3;

    private static final String NOBODY = "rds_agent_probe";

    @Override
    public void shake(Socket socket, HostPort signingName) throws IOException {
        requestTls(socket);
        try (SSLSocket secured = (SSLSocket)
                Trust.none().socketFactory(false).createSocket(socket, signingName.host(), signingName.port(), true)) {
            secured.startHandshake();
            beRefused(secured);
        }
    }

    static void requestTls(Socket socket) throws IOException {
        byte[] greeting = receive(socket.getInputStream());
        if ((greeting[0] & 0xff) == ERROR) {
            throw new IOException("the server refuses to talk: " + words(greeting));
        }
        if (greeting[0] != 10) {
            throw new IOException("the server is not a MySQL");
        }
        if ((capabilities(greeting) & SSL) == 0) {
            throw new IOException("the server speaks no TLS");
        }
        send(socket.getOutputStream(), 1, head());
    }

    private static void beRefused(Socket secured) throws IOException {
        byte[] nobody = (NOBODY + "\0\0mysql_clear_password\0").getBytes(StandardCharsets.US_ASCII);
        send(
                secured.getOutputStream(),
                2,
                ByteBuffer.allocate(32 + nobody.length).put(head()).put(nobody).array());
        for (int i = 0; i < MOST_QUESTIONS; i++) {
            int answer = receive(secured.getInputStream())[0] & 0xff;
            if (answer == ERROR || answer == OK) {
                return;
            }
            // Another plug-in, or more of it. No password has no bytes: one of another length is a fault of the
            // handshake.
            send(secured.getOutputStream(), 4 + 2 * i, new byte[0]);
        }
    }

    /** The beginning of a handshake response, which by itself is the request for TLS. */
    static byte[] head() {
        return ByteBuffer.allocate(32)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(CAPABILITIES)
                .putInt(1 << 24)
                .put((byte) 45)
                .array();
    }

    /** The lower two bytes follow the version, the connection's number, eight bytes and a zero. */
    private static int capabilities(byte[] greeting) throws IOException {
        int end = 1;
        while (end < greeting.length && greeting[end] != 0) {
            end++;
        }
        int at = end + 1 + 4 + 8 + 1;
        if (at + 1 >= greeting.length) {
            throw new IOException("the server is not a MySQL");
        }
        return (greeting[at] & 0xff) | (greeting[at + 1] & 0xff) << 8;
    }

    static String words(byte[] error) {
        int from = Math.min(error.length, 3);
        return new String(error, from, error.length - from, StandardCharsets.UTF_8);
    }

    static void send(OutputStream out, int sequence, byte[] payload) throws IOException {
        byte[] packet = new byte[4 + payload.length];
        packet[0] = (byte) payload.length;
        packet[1] = (byte) (payload.length >> 8);
        packet[3] = (byte) sequence;
        System.arraycopy(payload, 0, packet, 4, payload.length);
        out.write(packet);
        out.flush();
    }

    static byte[] receive(InputStream in) throws IOException {
        DataInputStream packets = new DataInputStream(in);
        try {
            int length = packets.readUnsignedByte() | packets.readUnsignedByte() << 8;
            if (packets.readUnsignedByte() != 0 || length == 0) {
                throw new IOException("the server is not a MySQL");
            }
            packets.readUnsignedByte();
            byte[] payload = new byte[length];
            packets.readFully(payload);
            return payload;
        } catch (EOFException hungUp) {
            throw new IOException("the server hung up before TLS", hungUp);
        }
    }
}
