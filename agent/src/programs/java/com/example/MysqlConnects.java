package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;

/** Connects to a MySQL, says who is logged in how, and then does what it is told. */
public final class MysqlConnects {

    /** Arguments: url, and what then, one after the other. */
    public static void main(String[] arguments) throws Exception {
        try (Connection connection = DriverManager.getConnection(arguments[0])) {
            System.out.println("connected " + user(connection) + " "
                    + connection.getClass().getName() + " valid " + connection.isValid(5));
            System.out.println("server " + server(connection));
            for (int i = 1; i < arguments.length; i++) {
                obey(arguments[i], connection);
            }
        } catch (SQLException failure) {
            System.out.println("failed " + failure.getSQLState() + " " + failure.getMessage());
        }
    }

    private static void obey(String order, Connection connection) throws Exception {
        if (order.equals("wait")) {
            System.out.println("waiting");
            while (System.in.read() != '\n') {
                continue;
            }
        } else if (order.equals("timeout")) {
            timeOut(connection);
        } else if (order.equals("cancel")) {
            cancel(connection);
        } else if (order.equals("reset")) {
            connection.getClass().getMethod("resetServerState").invoke(connection);
            System.out.println("reset " + user(connection));
        } else if (order.equals("past")) {
            while (connection.isValid(5)) {
                Thread.sleep(20);
            }
            System.out.println("past, closed " + connection.isClosed());
        } else if (order.equals("valid")) {
            System.out.println("valid " + connection.isValid(5));
        } else if (order.equals("killed")) {
            killed(connection);
        } else if (order.equals("commits")) {
            commits(connection);
        } else if (order.equals("reads") || order.equals("writes")) {
            connection.setReadOnly(order.equals("reads"));
            System.out.println(order + " on " + server(connection));
        } else if (order.startsWith("SET ")) {
            set(order, connection);
        }
    }

    private static void set(String order, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(order);
        }
        System.out.println("set, now on " + server(connection));
    }

    /** The driver kills the query by a second connection. */
    private static void timeOut(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            long began = System.nanoTime();
            statement.execute("SELECT SLEEP(30)");
            System.out.println("slept " + (System.nanoTime() - began) / 1000000000L);
        } catch (SQLException failure) {
            System.out.println("timed out " + failure.getClass().getSimpleName());
        }
    }

    /** Another thread cancels until it has an effect: the driver kills the query by a second connection. */
    private static void cancel(Connection connection) throws SQLException {
        AtomicReference<String> trouble = new AtomicReference<>();
        try (Statement statement = connection.createStatement()) {
            Thread canceller = canceller(statement, trouble);
            canceller.start();
            long began = System.nanoTime();
            String end;
            try (ResultSet rows = statement.executeQuery("SELECT SLEEP(20)")) {
                end = String.valueOf(rows.next());
            } catch (SQLException failure) {
                end = failure.getSQLState();
            }
            canceller.interrupt();
            boolean early = System.nanoTime() - began < 15000000000L;
            System.out.println((early ? "cancelled " : "not cancelled ") + end + " " + trouble.get());
        }
    }

    private static Thread canceller(Statement statement, AtomicReference<String> trouble) {
        Thread canceller = new Thread(() -> {
            try {
                while (true) {
                    Thread.sleep(200);
                    statement.cancel();
                }
            } catch (SQLException failure) {
                trouble.compareAndSet(null, failure.toString());
            } catch (InterruptedException ended) {
                // The query is over.
            }
        });
        canceller.setDaemon(true);
        return canceller;
    }

    /** Ends its own session on the server, and goes on. */
    private static void killed(Connection connection) {
        for (int i = 0; i < 3; i++) {
            try {
                if (i == 0) {
                    try (Statement statement = connection.createStatement()) {
                        statement.execute("KILL CONNECTION_ID()");
                    }
                }
                System.out.println("killed, now " + user(connection));
                return;
            } catch (SQLException failure) {
                System.out.println("killed " + failure.getSQLState() + " " + failure.getMessage());
            }
        }
    }

    /** A driver that balances chooses a host for each transaction. */
    private static void commits(Connection connection) throws SQLException {
        TreeSet<String> servers = new TreeSet<String>();
        connection.setAutoCommit(false);
        for (int i = 0; i < 30; i++) {
            servers.add(server(connection));
            connection.commit();
        }
        System.out.println("commits on " + servers);
    }

    private static String user(Connection connection) throws SQLException {
        return ask(connection, "SELECT SUBSTRING_INDEX(CURRENT_USER(), '@', 1)");
    }

    private static String server(Connection connection) throws SQLException {
        return ask(connection, "SELECT @@server_id");
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private MysqlConnects() {}
}
