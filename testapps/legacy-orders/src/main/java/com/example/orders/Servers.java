package com.example.orders;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.postgresql.PGConnection;

/** Which server a connection leads to, for the error log; asked once for each physical connection. */
final class Servers {

    private static final String SQL = "SELECT host(inet_server_addr()) || ':' || inet_server_port()";

    private final Map<PGConnection, String> known =
            Collections.synchronizedMap(new WeakHashMap<PGConnection, String>());

    String of(Connection connection) throws SQLException {
        PGConnection physical = connection.unwrap(PGConnection.class);
        String server = known.get(physical);
        if (server == null) {
            server = ask(connection);
            known.put(physical, server);
        }
        return server;
    }

    private static String ask(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(SQL)) {
            result.next();
            return result.getString(1);
        }
    }

    /** What the driver thinks, without asking the server: the host and port of its URL. */
    String accordingToDriver(Connection connection) throws SQLException {
        String url = connection.getMetaData().getURL();
        int start = url.indexOf("//") + 2;
        int end = url.indexOf('/', start);
        return end < 0 ? url.substring(start) : url.substring(start, end);
    }
}
