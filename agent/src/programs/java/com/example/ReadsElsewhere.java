package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Says where its connection leads, then where it leads as a read-only one. */
public final class ReadsElsewhere {

    public static void main(String[] arguments) throws Exception {
        Connection connection = DriverManager.getConnection(arguments[0]);
        System.out.println("writes to " + server(connection));
        connection.setReadOnly(true);
        System.out.println("reads from " + server(connection));
        connection.setReadOnly(false);
        System.out.println("writes again to " + server(connection));
        connection.close();
    }

    private static String server(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT current_setting('cluster_name')")) {
            rows.next();
            return rows.getString(1);
        }
    }

    private ReadsElsewhere() {}
}
