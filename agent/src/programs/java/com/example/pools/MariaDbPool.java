package com.example.pools;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/** Borrows from MariaDB Connector/J's own pool until a line on standard input says stop. */
public final class MariaDbPool {

    private static volatile boolean stop;

    /** Arguments: url, threads. */
    public static void main(String[] arguments) throws Exception {
        DataSource pool = (DataSource) Class.forName("org.mariadb.jdbc.MariaDbPoolDataSource")
                .getConstructor(String.class)
                .newInstance(arguments[0]);
        AtomicLong borrows = new AtomicLong();
        int threads = Integer.parseInt(arguments[1]);
        CountDownLatch ended = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            int rest = 300 * i;
            new Thread(() -> {
                        while (!stop) {
                            borrow(pool, rest);
                            borrows.incrementAndGet();
                        }
                        ended.countDown();
                    })
                    .start();
        }
        System.out.println("ready");
        while (System.in.read() != '\n') {
            continue;
        }
        stop = true;
        ended.await();
        System.out.println("borrows " + borrows);
        System.exit(0);
    }

    /** Then thinks for a while, so that connections also lie idle for long enough to be asked whether they are valid. */
    private static void borrow(DataSource pool, int restMillis) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT SLEEP(0.01)")) {
            rows.next();
        } catch (SQLException failure) {
            System.out.println("error " + failure.getSQLState() + " " + failure.getMessage());
        }
        try {
            Thread.sleep(restMillis);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private MariaDbPool() {}
}
