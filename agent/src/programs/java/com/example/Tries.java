package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Connects by each of its arguments, one after the other, and says what came of it. */
public final class Tries {

    public static void main(String[] arguments) {
        for (String url : arguments) {
            try (Connection connection = DriverManager.getConnection(url)) {
                System.out.println("connected " + connection.isValid(5) + " by " + url);
            } catch (SQLException failure) {
                System.out.println("failed " + failure.getSQLState() + " " + failure.getMessage() + " by " + url);
            }
        }
    }

    private Tries() {}
}
