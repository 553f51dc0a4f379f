package com.example.orders;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Something done again and again, each time with a connection of a pool. */
abstract class Job {

    private static final String NO_SERVER = "none";

    private final String name;
    private final Pool pool;
    private final Servers servers;
    private final long pauseMillis;
    private final Statistics statistics;

    Job(String name, Pool pool, Servers servers, Statistics statistics, long pauseMillis) {
        this.name = name;
        this.pool = pool;
        this.servers = servers;
        this.statistics = statistics;
        this.pauseMillis = pauseMillis;
    }

    /** One piece of work. */
    abstract void work(Connection connection, Statistics counts, CountDownLatch closingTime)
            throws SQLException, InterruptedException;

    /** Until it is closing time. */
    void run(CountDownLatch closingTime) {
        try {
            do {
                once(closingTime);
            } while (!closingTime.await(pauseMillis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void once(CountDownLatch closingTime) throws InterruptedException {
        String server = NO_SERVER;
        long start = System.nanoTime();
        long since = System.currentTimeMillis();
        try (Connection connection = pool.borrow()) {
            since = System.currentTimeMillis();
            statistics.borrowed(System.nanoTime() - start);
            server = servers.accordingToDriver(connection);
            server = servers.of(connection);
            work(connection, statistics, closingTime);
        } catch (SQLException e) {
            statistics.failed(name, server, since, e);
        }
    }

    /** Undoes what is not committed, before the exception goes its way. */
    static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
