package io.rdsagent.localrds;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One client's connection through the gate, from its first byte to its end. */
final class PostgresGateSession implements Runnable {

    private static final int CANCEL_REQUEST = 80_877_102;
    private static final int SSL_REQUEST = 80_877_103;
    private static final int GSS_REQUEST = 80_877_104;
    private static final int PROTOCOL_3 = 3;

    /** PostgreSQL's own limits for a start-up packet and for a password. */
    private static final int LONGEST_STARTUP = 10_000;

    private static final int LONGEST_PASSWORD = 65_535;
    private static final int BUFFER = 32 * 1024;

    private final Gate gate;
    private final Socket plain;

    private Socket client;
    private DataInputStream in;
    private OutputStream out;

    PostgresGateSession(Gate gate, Socket plain) {
        this.gate = gate;
        this.plain = plain;
        this.client = plain;
    }

    @Override
    public void run() {
        try {
            plain.setTcpNoDelay(true);
            use(plain);
            serve();
        } catch (IOException e) {
            // A client that goes away or speaks another language gets what PostgreSQL gives it: a closed connection.
            return;
        } finally {
            gate.forget(client);
            gate.forget(plain);
        }
    }

    private void use(Socket socket) throws IOException {
        client = socket;
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    private void serve() throws IOException {
        while (true) {
            gate.awaitThaw();
            byte[] packet = readPacket(in.readInt(), LONGEST_STARTUP);
            int code = ByteBuffer.wrap(packet).getInt();
            if (code == SSL_REQUEST) {
                answerTlsRequest();
            } else if (code == GSS_REQUEST) {
                out.write('N');
                out.flush();
            } else if (code == CANCEL_REQUEST) {
                passCancel(packet);
                return;
            } else if (code >> 16 == PROTOCOL_3) {
                logIn(packet);
                return;
            } else {
                refuse("0A000", "unsupported frontend protocol " + (code >> 16) + "." + (code & 0xffff));
                return;
            }
        }
    }

    private byte[] readPacket(int length, int limit) throws IOException {
        if (length < 8 || length > limit) {
            throw new IOException("A packet of " + length + " bytes");
        }
        byte[] packet = new byte[length - 4];
        in.readFully(packet);
        return packet;
    }

    private void answerTlsRequest() throws IOException {
        boolean spoken = gate.speaksTls() && client == plain;
        out.write(spoken ? 'S' : 'N');
        out.flush();
        if (spoken) {
            use(gate.speakTls(plain));
        }
    }

    private void passCancel(byte[] packet) throws IOException {
        Socket backend = gate.dialBackend();
        try {
            writePacket(backend, packet);
            if (backend.getInputStream().read() >= 0) {
                throw new IOException("An answer to a cancel request");
            }
        } finally {
            gate.forget(backend);
        }
    }

    private void logIn(byte[] startup) throws IOException {
        Map<String, String> parameters = parameters(startup);
        String user = parameters.getOrDefault("user", "");
        Optional<String> from = Optional.of(clientAddress());
        if (client == plain) {
            String detail = "The connection is not encrypted.";
            gate.doorman().note(gate.node(), user, from, new Verification(Verdict.NO_TLS, null, detail));
            refuse(
                    "28000",
                    "pg_hba.conf rejects connection for host \""
                            + plain.getInetAddress().getHostAddress()
                            + "\", user \"" + user + "\", database \"" + parameters.getOrDefault("database", user)
                            + "\", no encryption");
            return;
        }
        String password = askForPassword();
        gate.awaitThaw();
        if (gate.doorman().admits(gate.node(), user, password, from)) {
            pipe(startup);
        } else {
            refuse("28000", "PAM authentication failed for user \"" + user + "\"");
        }
    }

    private String clientAddress() {
        InetSocketAddress address = (InetSocketAddress) plain.getRemoteSocketAddress();
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static Map<String, String> parameters(byte[] startup) {
        String[] words = new String(startup, 4, startup.length - 4, StandardCharsets.UTF_8).split("\0", -1);
        Map<String, String> parameters = new HashMap<>();
        for (int i = 0; i + 1 < words.length; i += 2) {
            parameters.put(words[i], words[i + 1]);
        }
        return parameters;
    }

    private String askForPassword() throws IOException {
        out.write(ByteBuffer.allocate(9).put((byte) 'R').putInt(8).putInt(3).array());
        out.flush();
        if (in.readUnsignedByte() != 'p') {
            throw new IOException("No password message");
        }
        int length = in.readInt();
        if (length < 5 || length > LONGEST_PASSWORD) {
            throw new IOException("A password message of " + length + " bytes");
        }
        byte[] body = new byte[length - 4];
        in.readFully(body);
        return new String(body, 0, body.length - 1, StandardCharsets.UTF_8);
    }

    private void pipe(byte[] startup) throws IOException {
        Socket backend;
        try {
            backend = gate.dialBackend();
        } catch (IOException e) {
            refuse("57P03", "the database system is shutting down");
            return;
        }
        try {
            writePacket(backend, startup);
            gate.threads().execute(() -> copyUntilEnd(client, backend));
            copy(backend.getInputStream(), out);
        } finally {
            gate.forget(backend);
        }
    }

    /** Ends both sides with the first one that ends, as a server's process does. */
    private void copyUntilEnd(Socket from, Socket to) {
        try {
            copy(from.getInputStream(), to.getOutputStream());
        } catch (IOException e) {
            // One of the two is gone; the other follows below.
            return;
        } finally {
            gate.forget(to);
        }
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        byte[] buffer = new byte[BUFFER];
        for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
            to.write(buffer, 0, read);
            to.flush();
        }
    }

    private static void writePacket(Socket socket, byte[] packet) throws IOException {
        ByteBuffer framed = ByteBuffer.allocate(packet.length + 4);
        socket.getOutputStream()
                .write(framed.putInt(packet.length + 4).put(packet).array());
        socket.getOutputStream().flush();
    }

    private void refuse(String sqlState, String message) throws IOException {
        byte[] fields = ("SFATAL\0VFATAL\0C" + sqlState + "\0M" + message + "\0\0").getBytes(StandardCharsets.UTF_8);
        out.write(ByteBuffer.allocate(fields.length + 5)
                .put((byte) 'E')
                .putInt(fields.length + 4)
                .put(fields)
                .array());
        out.flush();
    }
}
