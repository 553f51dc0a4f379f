package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;

/** Ways by which a connection that is there logs in once more. */
final class SecondLogins {

    private final Speech speech;
    private final String host;

    SecondLogins(Speech speech, String host) {
        this.speech = speech;
        this.host = host;
    }

    /** The server ends the session; the connection is to serve on by another one. */
    String reconnect() throws SQLException {
        try (Connection connection = DriverManager.getConnection(speech.url("", host, "autoReconnect=true"))) {
            String before = WaysIn.ask(connection, "SELECT CONNECTION_ID()");
            try (Connection other = DriverManager.getConnection(speech.url("", host));
                    Statement statement = other.createStatement()) {
                statement.execute("KILL " + before);
            }
            for (int errors = 0; ; errors++) {
                try {
                    String after = WaysIn.ask(connection, "SELECT CONNECTION_ID()");
                    return after.equals(before) ? "was not ended" : "on a new session after " + errors + " error(s)";
                } catch (SQLException lost) {
                    if (errors == 2) {
                        throw lost;
                    }
                }
            }
        }
    }

    /** By a method of Connector/J's own. */
    String again(String method, String... arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection(speech.url("", host))) {
            Class<?> type;
            try {
                type = Class.forName("com.mysql.cj.jdbc.JdbcConnection");
            } catch (ClassNotFoundException before8) {
                type = Class.forName("com.mysql.jdbc.Connection");
            }
            Class<?>[] types = new Class<?>[arguments.length];
            Arrays.fill(types, String.class);
            type.getMethod(method, types).invoke(connection.unwrap(type), (Object[]) arguments);
            return "as " + WaysIn.ask(connection, "SELECT " + speech.user);
        }
    }
}
