package io.rdsagent.localrds;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of PostgreSQL's protocol as the administrator needs: simple queries. A driver on the class path
 * would be in the way of those who test drivers.
 */
final class PostgresAdminClient implements AdminClient {

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int PROTOCOL_3 = 196_608;

    private final InetSocketAddress address;
    private final String password;

    PostgresAdminClient(InetSocketAddress address, String password) {
        this.address = address;
        this.password = password;
    }

    @Override
    public List<List<String>> query(String database, String sql) throws IOException {
        try (Session session = open(database)) {
            return session.query(sql);
        }
    }

    /** Logs in, for several queries in one session. */
    Session open(String database) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            Session session = new Session(socket);
            sendStartup(session.out, database);
            readUntilReady(session.in, session.out);
            return session;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** One session; ends with {@link #close()}. */
    final class Session implements AutoCloseable {

        private final Socket socket;
        private final DataOutputStream out;
        private final DataInputStream in;

        private Session(Socket socket) throws IOException {
            this.socket = socket;
            this.out = new DataOutputStream(socket.getOutputStream());
            this.in = new DataInputStream(socket.getInputStream());
        }

        List<List<String>> query(String sql) throws IOException {
            send(out, 'Q', sql);
            return readUntilReady(in, out);
        }

        @Override
        public void close() throws IOException {
            try (socket) {
                out.write(new byte[] {'X', 0, 0, 0, 4});
            }
        }
    }

    private static void sendStartup(DataOutputStream out, String database) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (String word : List.of("user", USER, "database", database, "application_name", "local-rds", "")) {
            body.write(word.getBytes(StandardCharsets.UTF_8));
            body.write(0);
        }
        out.writeInt(body.size() + 8);
        out.writeInt(PROTOCOL_3);
        body.writeTo(out);
        out.flush();
    }

    private static void send(DataOutputStream out, char type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        DataOutputStream frame = new DataOutputStream(message);
        frame.writeByte(type);
        frame.writeInt(bytes.length + 5);
        frame.write(bytes);
        frame.writeByte(0);
        message.writeTo(out);
        out.flush();
    }

    private List<List<String>> readUntilReady(DataInputStream in, DataOutputStream out) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        while (true) {
            char type = (char) in.readUnsignedByte();
            byte[] body = in.readNBytes(in.readInt() - 4);
            switch (type) {
                case 'Z' -> {
                    return rows;
                }
                case 'D' -> rows.add(row(body));
                case 'R' -> answer(body, out);
                case 'E' ->
                    throw new IOException("PostgreSQL at " + address + " said: "
                            + new String(body, StandardCharsets.UTF_8).replace('\0', ' '));
                default -> {
                    // Parameter status, row description, notice and the like tell the administrator nothing.
                }
            }
        }
    }

    private void answer(byte[] authentication, DataOutputStream out) throws IOException {
        int method = authentication[3];
        if (method == 3) {
            send(out, 'p', password);
        } else if (method != 0) {
            throw new IOException("PostgreSQL at " + address + " asks for authentication method " + method);
        }
    }

    private static List<String> row(byte[] body) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(body));
        int columns = in.readUnsignedShort();
        List<String> row = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            int length = in.readInt();
            row.add(length < 0 ? null : new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        return row;
    }
}
