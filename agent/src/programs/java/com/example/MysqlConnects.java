package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Connects to a MySQL, says who is logged in how, and then does what it is told. */
public final class MysqlConnects {

    /** Arguments: url, and what then: nothing, timeout, reset. */
    public static void main(String[] arguments) {
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                Statement statement = connection.createStatement()) {
            System.out.println("connected " + ask(statement, "SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)") + " "
                    + connection.getClass().getName() + " valid " + connection.isValid(5));
            System.out.println("server " + ask(statement, "SELECT @@server_id"));
            if (arguments[1].equals("timeout")) {
                timeOut(statement);
            } else if (arguments[1].equals("reset")) {
                connection.getClass().getMethod("resetServerState").invoke(connection);
                System.out.println("reset " + ask(statement, "SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)"));
            }
        } catch (SQLException failure) {
            System.out.println("failed " + failure.getSQLState() + " " + failure.getMessage());
        } catch (ReflectiveOperationException failure) {
            System.out.println("failed to reset: " + failure.getCause());
        }
    }

    /** The driver kills the query by a second connection. */
    private static void timeOut(Statement statement) {
        try {
            statement.setQueryTimeout(1);
            long began = System.nanoTime();
            statement.execute("SELECT SLEEP(30)");
            System.out.println("slept " + (System.nanoTime() - began) / 1000000000L);
        } catch (SQLException failure) {
            System.out.println("timed out " + failure.getClass().getSimpleName());
        }
    }

    private static String ask(Statement statement, String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private MysqlConnects() {}
}
