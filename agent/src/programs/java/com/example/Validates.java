package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Holds one connection, asks it now and then whether it is valid, and says when the answer changes. */
public final class Validates {

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            System.out.println("valid " + connection.isValid(5));
            while (connection.isValid(5)) {
                Thread.sleep(20);
            }
            System.out.println("valid false, closed " + connection.isClosed());
            connection.createStatement().execute("SELECT 1");
            System.out.println("still serves");
        }
    }

    private Validates() {}
}
