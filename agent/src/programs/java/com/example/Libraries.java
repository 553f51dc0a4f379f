package com.example;

import java.io.File;
import java.sql.Connection;
import java.sql.DriverManager;

/** Connects, and says which jar each of these classes is from. */
public final class Libraries {

    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            System.out.println("connected " + connection.getCatalog());
        }
        for (int i = 1; i < arguments.length; i++) {
            Class<?> type = Class.forName(arguments[i]);
            String jar =
                    type.getProtectionDomain().getCodeSource().getLocation().getPath();
            System.out.println(type.getName() + " of " + new File(jar).getName());
        }
    }

    private Libraries() {}
}
