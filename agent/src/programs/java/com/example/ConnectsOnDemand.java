package com.example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Connects once, and again for each line "again" on standard input. */
public final class ConnectsOnDemand {

    public static void main(String[] arguments) throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        do {
            try (Connection connection = DriverManager.getConnection(arguments[0])) {
                System.out.println("connected " + connection.getClass().getName());
            } catch (SQLException failure) {
                System.out.println("failed " + failure.getSQLState());
            }
        } while ("again".equals(orders.readLine()));
    }

    private ConnectsOnDemand() {}
}
