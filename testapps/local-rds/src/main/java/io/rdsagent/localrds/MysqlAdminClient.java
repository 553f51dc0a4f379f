package io.rdsagent.localrds;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * As much of MySQL's protocol as the administrator needs: queries as text. A driver on the class path would be in the
 * way of those who test drivers.
 */
final class MysqlAdminClient implements AdminClient {

    private static final int TIMEOUT_MILLIS = 5_000;

    /** Long password, database, protocol 4.1, transactions, 20-byte salt, several statements with several results, plugins. */
    private static final int CAPABILITIES = 0x1 | 0x200 | 0x2000 | 0x8000 | 0x10000 | 0x20000 | 0x80000;

    private static final int WITH_DATABASE = 0x8;
    private static final int UTF8MB4 = 45;
    private static final int QUERY = 3;
    private static final int MORE_RESULTS = 0x8;
    private static final int END_OF_ROWS = 0xfe;

    private final InetSocketAddress address;
    private final String password;

    MysqlAdminClient(InetSocketAddress address, String password) {
        this.address = address;
        this.password = password;
    }

    /** One statement's answer; no columns if it has no rows to give. */
    private record Result(List<String> columns, List<List<String>> rows) {}

    @Override
    public List<List<String>> query(String database, String sql) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        run(database, List.of(sql)).forEach(result -> rows.addAll(result.rows()));
        return rows;
    }

    /** Runs the statements one after the other in one session. */
    void execute(List<String> statements) throws IOException {
        run("", statements);
    }

    /** The first row by column, without those that are null; empty if there is none. */
    Map<String, String> row(String sql) throws IOException {
        Result result = run("", List.of(sql)).get(0);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < result.columns().size() && !result.rows().isEmpty(); i++) {
            String value = result.rows().get(0).get(i);
            if (value != null) {
                row.put(result.columns().get(i), value);
            }
        }
        return row;
    }

    private List<Result> run(String database, List<String> statements) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(address, TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            MysqlWire wire = MysqlWire.of(socket);
            logIn(wire, database);
            List<Result> results = new ArrayList<>();
            for (String sql : statements) {
                wire.write(0, MysqlBytes.join(MysqlBytes.number(QUERY, 1), sql.getBytes(StandardCharsets.UTF_8)));
                readResults(wire, results);
            }
            return results;
        }
    }

    private void logIn(MysqlWire wire, String database) throws IOException {
        MysqlGreeting greeting = MysqlGreeting.parse(accept(wire.read()).payload());
        byte[] scrambled = MysqlAuthentication.scramble(password, greeting.salt());
        int capabilities = CAPABILITIES | (database.isEmpty() ? 0 : WITH_DATABASE);
        wire.write(
                1,
                MysqlBytes.join(
                        MysqlBytes.number(capabilities, 4),
                        MysqlBytes.number(MysqlWire.LARGEST, 4),
                        MysqlBytes.number(UTF8MB4, 1),
                        new byte[23],
                        MysqlBytes.zeroEnded(USER),
                        MysqlBytes.number(scrambled.length, 1),
                        scrambled,
                        database.isEmpty() ? new byte[0] : MysqlBytes.zeroEnded(database),
                        MysqlBytes.zeroEnded(MysqlAuthentication.NATIVE)));
        MysqlWire.Packet reply = accept(wire.read());
        if (reply.kind() == MysqlAuthentication.SWITCH) {
            wire.write(reply.sequence() + 1, MysqlAuthentication.answer(reply.payload(), password));
            accept(wire.read());
        }
    }

    private MysqlWire.Packet accept(MysqlWire.Packet packet) throws IOException {
        if (packet.kind() == MysqlAuthentication.ERROR) {
            throw new IOException(
                    "The server at " + address + " said: " + MysqlAuthentication.message(packet.payload()));
        }
        return packet;
    }

    private void readResults(MysqlWire wire, List<Result> results) throws IOException {
        boolean more = true;
        while (more) {
            MysqlWire.Packet first = accept(wire.read());
            if (first.kind() == MysqlAuthentication.OK) {
                MysqlBytes fields = new MysqlBytes(first.payload(), 1);
                fields.lengthEncoded();
                fields.lengthEncoded();
                more = (fields.number(2) & MORE_RESULTS) != 0;
                results.add(new Result(List.of(), List.of()));
            } else {
                List<String> columns = readColumns(wire, new MysqlBytes(first.payload(), 0).lengthEncoded());
                List<List<String>> rows = new ArrayList<>();
                MysqlWire.Packet packet = accept(wire.read());
                for (; !endsRows(packet); packet = accept(wire.read())) {
                    rows.add(readRow(packet.payload(), columns.size()));
                }
                more = (new MysqlBytes(packet.payload(), 3).number(2) & MORE_RESULTS) != 0;
                results.add(new Result(columns, rows));
            }
        }
    }

    private static boolean endsRows(MysqlWire.Packet packet) {
        return packet.kind() == END_OF_ROWS && packet.payload().length < 9;
    }

    private static List<String> readColumns(MysqlWire wire, int count) throws IOException {
        List<String> columns = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            // Catalog, schema, table, its original name, and then the column's name.
            columns.add(readRow(wire.read().payload(), 5).get(4));
        }
        wire.read();
        return columns;
    }

    private static List<String> readRow(byte[] payload, int columns) throws IOException {
        MysqlBytes fields = new MysqlBytes(payload, 0);
        List<String> row = new ArrayList<>(columns);
        for (int i = 0; i < columns; i++) {
            int length = fields.lengthEncoded();
            row.add(length < 0 ? null : new String(fields.take(length), StandardCharsets.UTF_8));
        }
        return row;
    }
}
