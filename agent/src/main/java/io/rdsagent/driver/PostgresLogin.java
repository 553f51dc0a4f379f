package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** @see <a href="https://www.postgresql.org/docs/current/protocol-flow.html">Message Flow</a> */
final class PostgresLogin implements WireLogin {

    private static final int VERSION_3 = 3 << 16;
    private static final int LARGEST = 1 << 20;

    private static final int AUTHENTICATED = 0;
    private static final int CLEAR_TEXT = 3;
    private static final int MD5 = 5;

    private DataInputStream in;
    private OutputStream out;

    @Override
    public SSLSocket secure(Socket plain, SSLSocketFactory tls, HostPort name) throws IOException {
        PostgresHandshake.requestTls(plain);
        SSLSocket secured = (SSLSocket) tls.createSocket(plain, name.host(), name.port(), true);
        secured.startHandshake();
        in = new DataInputStream(secured.getInputStream());
        out = secured.getOutputStream();
        return secured;
    }

    @Override
    public String asks(String user, String database) throws IOException, SQLException {
        ByteArrayOutputStream startup = new ByteArrayOutputStream();
        new DataOutputStream(startup).writeInt(VERSION_3);
        for (String text :
                new String[] {"user", user, "database", database, "application_name", "rds-jdbc-agent doctor"}) {
            write(text + '\0', startup);
        }
        startup.write(0);
        send(0, startup.toByteArray());
        int asked = authentication();
        if (asked == CLEAR_TEXT || asked == AUTHENTICATED) {
            return null;
        }
        return asked == MD5 ? "md5" : "SCRAM";
    }

    @Override
    public void password(String password) throws IOException, SQLException {
        send('p', (password + '\0').getBytes(StandardCharsets.UTF_8));
        if (authentication() != AUTHENTICATED) {
            throw new SQLException("the server asks for more than the password", "08P01");
        }
        untilReady(new ArrayList<>());
    }

    @Override
    public List<List<String>> query(String sql) throws IOException, SQLException {
        send('Q', (sql + '\0').getBytes(StandardCharsets.UTF_8));
        List<List<String>> rows = new ArrayList<>();
        untilReady(rows);
        return rows;
    }

    private int authentication() throws IOException, SQLException {
        while (true) {
            Message message = receive();
            if (message.type == 'R') {
                return message.body.getInt();
            }
            if (message.type == 'E') {
                throw refusal(message.body);
            }
        }
    }

    private void untilReady(List<List<String>> rows) throws IOException, SQLException {
        SQLException refusal = null;
        for (Message message = receive(); message.type != 'Z'; message = receive()) {
            if (message.type == 'E') {
                refusal = refusal(message.body);
            } else if (message.type == 'D') {
                rows.add(row(message.body));
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }

    private static List<String> row(ByteBuffer body) {
        List<String> row = new ArrayList<>();
        for (int columns = body.getShort(); columns > 0; columns--) {
            int length = body.getInt();
            byte[] text = new byte[Math.max(0, length)];
            body.get(text);
            row.add(length < 0 ? null : new String(text, StandardCharsets.UTF_8));
        }
        return row;
    }

    /** Fields of a letter and a text: S the severity, C the SQLState, M what it says. */
    private static SQLException refusal(ByteBuffer body) {
        String severity = "";
        String state = null;
        String message = "";
        for (byte field = body.get(); field != 0; field = body.get()) {
            String text = text(body);
            if (field == 'S') {
                severity = text + ": ";
            } else if (field == 'C') {
                state = text;
            } else if (field == 'M') {
                message = text;
            }
        }
        return new SQLException(severity + message, state);
    }

    private static String text(ByteBuffer body) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (byte next = body.get(); next != 0; next = body.get()) {
            text.write(next);
        }
        return new String(text.toByteArray(), StandardCharsets.UTF_8);
    }

    /** @param type 0 for the first message, which has none */
    private void send(int type, byte[] body) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        if (type != 0) {
            message.write(type);
        }
        new DataOutputStream(message).writeInt(4 + body.length);
        message.write(body, 0, body.length);
        out.write(message.toByteArray());
        out.flush();
    }

    private static void write(String text, ByteArrayOutputStream to) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.write(bytes, 0, bytes.length);
    }

    private Message receive() throws IOException {
        int type = in.readUnsignedByte();
        int length = in.readInt() - 4;
        if (length < 0 || length > LARGEST) {
            throw new IOException("the server is not a PostgreSQL");
        }
        byte[] body = new byte[length];
        in.readFully(body);
        return new Message(type, ByteBuffer.wrap(body));
    }

    private static final class Message {

        private final int type;
        private final ByteBuffer body;

        Message(int type, ByteBuffer body) {
            this.type = type;
            this.body = body;
        }
    }
}
