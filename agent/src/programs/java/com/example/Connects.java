package com.example;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Opens so many connections at once, says where each leads, and closes them when all are there. */
public final class Connects {

    public static void main(String[] arguments) throws Exception {
        String url = arguments[0];
        int count = Integer.parseInt(arguments[1]);
        if (arguments.length > 2) {
            DriverManager.setLoginTimeout(Integer.parseInt(arguments[2]));
        }
        ExecutorService threads = Executors.newFixedThreadPool(count);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Connection>> connections = new ArrayList<Future<Connection>>();
        for (int i = 0; i < count; i++) {
            connections.add(threads.submit(connect(url, start)));
        }
        start.countDown();
        for (Future<Connection> connection : connections) {
            if (connection.get() != null) {
                connection.get().close();
            }
        }
        threads.shutdown();
        System.out.println("done");
    }

    private static Callable<Connection> connect(String url, CountDownLatch start) {
        return () -> {
            start.await();
            long began = System.nanoTime();
            try {
                Connection connection = DriverManager.getConnection(url);
                say("connected " + ask(connection, "SELECT current_setting('cluster_name')") + " "
                        + connection.getClass().getName());
                return connection;
            } catch (SQLException failure) {
                say("failed " + failure.getSQLState() + " after " + (System.nanoTime() - began) / 1000000 + " ms: "
                        + failure.getMessage());
                return null;
            }
        };
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }

    private Connects() {}
}
