package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** @see <a href="https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_connection_phase.html">Connection Phase</a> */
final class MysqlLogin implements WireLogin {

    private static final String CLEAR_TEXT = "mysql_clear_password";
    /** The name of no plug-in: so the server says which one this user has. */
    private static final String NONE = "rds_agent_asks";

    private static final int CONNECT_WITH_DB = 8;
    private static final int SWITCH = 0xfe;
    private static final int MORE = 1;
    private static final int QUERY = 3;
    private static final int NULL = 0xfb;
    private static final int TWO_BYTES = 0xfc;
    private static final int STATE_LENGTH = 6;

    private InputStream in;
    private OutputStream out;
    private int sequence;

    @Override
    public SSLSocket secure(Socket plain, SSLSocketFactory tls, HostPort name) throws IOException {
        MysqlHandshake.requestTls(plain);
        SSLSocket secured = (SSLSocket) tls.createSocket(plain, name.host(), name.port(), true);
        secured.startHandshake();
        in = secured.getInputStream();
        out = secured.getOutputStream();
        sequence = 2;
        return secured;
    }

    @Override
    public String asks(String user, String database) throws IOException, SQLException {
        byte[] head = MysqlHandshake.head();
        if (!database.isEmpty()) {
            head[0] |= CONNECT_WITH_DB;
        }
        String rest = user + "\0\0" + (database.isEmpty() ? "" : database + '\0') + NONE + '\0';
        send(join(head, rest.getBytes(StandardCharsets.UTF_8)));
        byte[] answer = receive();
        if (kind(answer) != SWITCH) {
            return answer.length == 0 ? "nothing" : "no password";
        }
        int end = 1;
        while (end < answer.length && answer[end] != 0) {
            end++;
        }
        String plugin = new String(answer, 1, end - 1, StandardCharsets.UTF_8);
        return plugin.equals(CLEAR_TEXT) ? null : plugin;
    }

    @Override
    public void password(String password) throws IOException, SQLException {
        send((password + '\0').getBytes(StandardCharsets.UTF_8));
        byte[] answer = receive();
        while (kind(answer) == MORE) {
            answer = receive();
        }
        if (kind(answer) != MysqlHandshake.OK) {
            throw new SQLException("the server asks for more than the password", "08S01");
        }
    }

    @Override
    public List<List<String>> query(String sql) throws IOException, SQLException {
        sequence = 0;
        send(join(new byte[] {QUERY}, sql.getBytes(StandardCharsets.UTF_8)));
        int columns = kind(receive());
        for (int i = 0; i <= columns && columns > 0; i++) {
            // Each column's definition, and their end.
            receive();
        }
        List<List<String>> rows = new ArrayList<>();
        for (byte[] row = columns == 0 ? new byte[] {(byte) SWITCH} : receive();
                kind(row) != SWITCH || row.length > 8;
                row = receive()) {
            rows.add(row(ByteBuffer.wrap(row).order(ByteOrder.LITTLE_ENDIAN), columns));
        }
        return rows;
    }

    private static List<String> row(ByteBuffer fields, int columns) throws IOException {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            int length = fields.get() & 0xff;
            if (length > TWO_BYTES) {
                throw new IOException("a value that is longer than any that was asked for");
            }
            if (length == NULL) {
                row.add(null);
                continue;
            }
            byte[] text = new byte[length == TWO_BYTES ? fields.getShort() & 0xffff : length];
            fields.get(text);
            row.add(new String(text, StandardCharsets.UTF_8));
        }
        return row;
    }

    private void send(byte[] payload) throws IOException {
        if (payload.length > 0xffff) {
            throw new IOException("a packet of " + payload.length + " bytes");
        }
        MysqlHandshake.send(out, sequence, payload);
        sequence += 2;
    }

    /** @throws SQLException what an error packet says: its number, #, the SQLState, and words */
    private byte[] receive() throws IOException, SQLException {
        byte[] answer = MysqlHandshake.receive(in);
        if (kind(answer) == MysqlHandshake.ERROR) {
            int code = (answer[1] & 0xff) | ((answer[2] & 0xff) << 8);
            String words = MysqlHandshake.words(answer);
            boolean hasState = words.startsWith("#") && words.length() >= STATE_LENGTH;
            throw new SQLException(
                    hasState ? words.substring(STATE_LENGTH) : words,
                    hasState ? words.substring(1, STATE_LENGTH) : "HY000",
                    code);
        }
        return answer;
    }

    private static int kind(byte[] answer) {
        return answer[0] & 0xff;
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(one, 0, one.length);
        both.write(other, 0, other.length);
        return both.toByteArray();
    }
}
