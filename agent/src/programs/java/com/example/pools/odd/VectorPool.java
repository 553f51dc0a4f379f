package com.example.pools.odd;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Vector;

/** As a thousand old applications have it: static, a Vector, and a look at what it hands out. */
public final class VectorPool {

    private static final Vector<Connection> FREE = new Vector<Connection>();
    private static String url;
    private static int max;
    private static int out;

    public static synchronized void open(String to, int size) {
        url = to;
        max = size;
    }

    public static synchronized Connection getConnection() throws SQLException {
        while (FREE.isEmpty() && out >= max) {
            await();
        }
        Connection connection = null;
        while (connection == null && !FREE.isEmpty()) {
            connection = FREE.remove(0);
            if (connection.isClosed()) {
                connection = null;
            }
        }
        if (connection == null) {
            connection = DriverManager.getConnection(url);
        }
        out++;
        return connection;
    }

    private static void await() {
        try {
            VectorPool.class.wait();
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    public static synchronized void free(Connection connection) {
        out--;
        FREE.add(connection);
        VectorPool.class.notify();
    }

    private VectorPool() {}
}
