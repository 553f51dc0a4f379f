package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Lets a query time out, which the driver does by a second connection that cancels. */
public final class Cancels {

    public static void main(String[] arguments) throws SQLException {
        try (Connection connection = DriverManager.getConnection(arguments[0]);
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            statement.execute("SELECT pg_sleep(60)");
            System.out.println("not cancelled");
        } catch (SQLException failure) {
            System.out.println("cancelled " + failure.getSQLState());
        }
    }

    private Cancels() {}
}
