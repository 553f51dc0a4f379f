package com.example.orders;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** The month-end closing: one transaction of a few seconds. */
final class ClosingJob extends Job {

    private static final long STEP_MILLIS = 200;

    private final AccountDao accounts = new AccountDao();
    private final long seconds;

    ClosingJob(Pool pool, Servers servers, Statistics statistics, int seconds, int pauseSeconds) {
        super("closing", pool, servers, statistics, TimeUnit.SECONDS.toMillis(pauseSeconds));
        this.seconds = seconds;
    }

    @Override
    void work(Connection connection, Statistics counts, CountDownLatch closingTime)
            throws SQLException, InterruptedException {
        connection.setAutoCommit(false);
        try {
            accounts.transfer(connection, AccountDao.HOUSE, AccountDao.FEES, 1);
            examine(connection, closingTime);
            connection.commit();
            counts.closed();
        } catch (SQLException | InterruptedException e) {
            rollback(connection, e);
            throw e;
        }
    }

    private void examine(Connection connection, CountDownLatch closingTime) throws SQLException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        do {
            accounts.balance(connection, ThreadLocalRandom.current().nextInt(1, AccountDao.ACCOUNTS + 1));
        } while (!closingTime.await(STEP_MILLIS, TimeUnit.MILLISECONDS) && System.nanoTime() < end);
    }
}
