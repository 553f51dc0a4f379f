package com.example;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A full HikariCP pool that lies idle until a line on standard input says: where, write, connect, quit. */
public final class PoolOnDemand {

    /** Arguments: url, pool size, the SQL that names the node, milliseconds until HikariCP gives up. */
    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setMaximumPoolSize(Integer.parseInt(arguments[1]));
        config.setConnectionTimeout(Long.parseLong(arguments[3]));
        try (HikariDataSource pool = new HikariDataSource(config)) {
            awaitFull(pool);
            System.out.println("ready");
            BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String order = orders.readLine(); order != null && !order.equals("quit"); order = orders.readLine()) {
                if (order.equals("where")) {
                    where(pool, arguments[2]);
                } else if (order.equals("connect")) {
                    connect(arguments[0], arguments[2]);
                } else {
                    write(pool);
                }
            }
        }
    }

    private static void awaitFull(HikariDataSource pool) throws InterruptedException {
        for (int i = 0; i < 500 && pool.getHikariPoolMXBean().getTotalConnections() < pool.getMaximumPoolSize(); i++) {
            Thread.sleep(20);
        }
    }

    /** Borrows all at once and says to which node each leads. */
    private static void where(HikariDataSource pool, String sql) {
        List<Connection> all = new ArrayList<Connection>();
        Map<String, Integer> nodes = new TreeMap<String, Integer>();
        try {
            for (int i = 0; i < pool.getMaximumPoolSize(); i++) {
                all.add(pool.getConnection());
            }
            for (Connection connection : all) {
                nodes.merge(ask(connection, sql), 1, Integer::sum);
            }
            System.out.println("where " + nodes);
        } catch (SQLException failure) {
            System.out.println("where failed " + failure.getSQLState() + " " + failure.getMessage());
        } finally {
            for (Connection connection : all) {
                close(connection);
            }
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException alreadyGone) {
            System.out.println("close failed " + alreadyGone.getSQLState());
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Past the pool. */
    private static void connect(String url, String sql) {
        try (Connection connection = DriverManager.getConnection(url)) {
            System.out.println("connected to " + ask(connection, sql));
        } catch (SQLException failure) {
            System.out.println("not connected " + failure.getSQLState());
        }
    }

    private static void write(HikariDataSource pool) {
        long began = System.nanoTime();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO parcel VALUES (1)");
            System.out.println("wrote");
        } catch (SQLException failure) {
            System.out.println("not written " + failure.getSQLState() + " after "
                    + (System.nanoTime() - began) / 1000000 + " ms: " + failure.getMessage());
        }
    }

    private PoolOnDemand() {}
}
