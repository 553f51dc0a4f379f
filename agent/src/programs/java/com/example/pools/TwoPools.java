package com.example.pools;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Two pools of one URL and different properties; each borrower looks whether its session is of its own pool. A line on
 * standard input closes them, another ends the program.
 */
public final class TwoPools {

    private static volatile boolean closing;

    /** Arguments: kind of pool, url, size. */
    public static void main(String[] arguments) throws Exception {
        List<DataSource> pools = new ArrayList<>();
        List<Thread> borrowers = new ArrayList<>();
        for (String name : new String[] {"one", "two"}) {
            DataSource pool = Make.pool(arguments[0], arguments[1], Integer.parseInt(arguments[2]));
            name(arguments[0], pool, name);
            pools.add(pool);
            for (int i = 0; i < 2; i++) {
                borrowers.add(new Thread(() -> borrow(pool, name)));
            }
        }
        borrowers.forEach(Thread::start);
        awaitLine();
        closing = true;
        for (Thread borrower : borrowers) {
            borrower.join();
        }
        for (DataSource pool : pools) {
            Make.call(pool, "close");
        }
        System.out.println("closed");
        awaitLine();
        System.exit(0);
    }

    private static void name(String kind, DataSource pool, String name) throws Exception {
        if (kind.equals("hikari")) {
            Make.call(pool, "addDataSourceProperty", "ApplicationName", name);
        } else {
            Make.call(pool, "setConnectionProperties", "ApplicationName=" + name);
        }
    }

    private static void borrow(DataSource pool, String name) {
        while (!closing) {
            try (Connection connection = pool.getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("SHOW application_name")) {
                rows.next();
                if (!rows.getString(1).equals(name)) {
                    System.out.println("error: " + rows.getString(1) + " in " + name);
                }
            } catch (SQLException failure) {
                System.out.println("error: " + failure);
            }
        }
    }

    private static void awaitLine() throws Exception {
        while (System.in.read() != '\n') {
            continue;
        }
    }

    private TwoPools() {}
}
