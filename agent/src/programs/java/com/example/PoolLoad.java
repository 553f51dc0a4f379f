package com.example;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** A HikariCP pool under transactions, reads and long transactions, until a line on standard input says stop. */
public final class PoolLoad {

    private static final AtomicLong BORROWS = new AtomicLong();
    private static final AtomicLong ERRORS = new AtomicLong();
    private static volatile boolean stop;

    /** Arguments: url, pool size, threads, milliseconds of a long transaction (0: none), writing or reading. */
    public static void main(String[] arguments) throws Exception {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(arguments[0]);
        config.setMaximumPoolSize(Integer.parseInt(arguments[1]));
        int threads = Integer.parseInt(arguments[2]);
        long longMillis = Long.parseLong(arguments[3]);
        boolean writing = arguments[4].equals("writing");
        try (HikariDataSource pool = new HikariDataSource(config)) {
            if (writing) {
                prepare(pool);
            }
            CountDownLatch ended = new CountDownLatch(threads);
            for (int i = 0; i < threads; i++) {
                boolean isLong = i == 0 && longMillis > 0;
                new Thread(() -> run(pool, writing, isLong ? longMillis : 0, ended)).start();
            }
            System.out.println("ready");
            while (System.in.read() != '\n') {
                continue;
            }
            stop = true;
            ended.await();
            if (writing) {
                System.out.println("sum " + number(pool, "SELECT sum(balance) FROM account"));
            }
            awaitFull(pool);
            System.out.println("borrows " + BORROWS + " errors " + ERRORS + " total "
                    + pool.getHikariPoolMXBean().getTotalConnections());
        }
    }

    /** A pool that replaces a connection is smaller meanwhile. */
    private static void awaitFull(HikariDataSource pool) throws InterruptedException {
        for (int i = 0; i < 250 && pool.getHikariPoolMXBean().getTotalConnections() < pool.getMaximumPoolSize(); i++) {
            Thread.sleep(20);
        }
    }

    private static void prepare(HikariDataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS account");
            statement.execute("CREATE TABLE account (id int primary key, balance int)");
            statement.execute("INSERT INTO account SELECT i, 100 FROM generate_series(1, 10) i");
        }
    }

    private static void run(HikariDataSource pool, boolean writing, long longMillis, CountDownLatch ended) {
        while (!stop) {
            try {
                BORROWS.incrementAndGet();
                if (writing) {
                    transfer(pool, longMillis);
                } else {
                    number(pool, "SELECT 1");
                }
            } catch (SQLException failure) {
                ERRORS.incrementAndGet();
                System.out.println("error " + failure.getSQLState() + " " + failure.getMessage());
            }
        }
        ended.countDown();
    }

    private static void transfer(HikariDataSource pool, long longMillis) throws SQLException {
        int from = 1 + ThreadLocalRandom.current().nextInt(10);
        int to = from % 10 + 1;
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            move(connection, Math.min(from, to), from < to ? -1 : 1);
            if (longMillis > 0) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("SELECT pg_sleep(" + longMillis / 1000.0 + ")");
                }
            }
            move(connection, Math.max(from, to), from < to ? 1 : -1);
            connection.commit();
        }
    }

    private static void move(Connection connection, int account, int amount) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE account SET balance = balance + ? WHERE id = ?")) {
            statement.setInt(1, amount);
            statement.setInt(2, account);
            statement.executeUpdate();
        }
    }

    private static long number(HikariDataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private PoolLoad() {}
}
