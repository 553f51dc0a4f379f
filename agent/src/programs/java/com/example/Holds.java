package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;

/** Opens so many connections one after the other, and holds them until a line on standard input says stop. */
public final class Holds {

    public static void main(String[] arguments) throws Exception {
        List<Connection> held = new ArrayList<Connection>();
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            held.add(DriverManager.getConnection(arguments[0]));
        }
        System.out.println("held " + held.size());
        while (System.in.read() != '\n') {
            continue;
        }
        for (Connection connection : held) {
            connection.close();
        }
    }

    private Holds() {}
}
