package com.example.orders;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

/** Moves a little money from one customer to another. */
final class TransferJob extends Job {

    private static final long PAUSE_MILLIS = 30;

    private final AccountDao accounts = new AccountDao();

    TransferJob(Pool pool, Servers servers, Statistics statistics) {
        super("transfer", pool, servers, statistics, PAUSE_MILLIS);
    }

    @Override
    void work(Connection connection, Statistics counts, CountDownLatch closingTime) throws SQLException {
        int source = customer();
        int target = customer();
        if (source == target) {
            return;
        }
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        try {
            accounts.transfer(
                    connection, source, target, ThreadLocalRandom.current().nextLong(1, 1000));
            connection.commit();
            counts.transferred();
        } catch (SQLException e) {
            rollback(connection, e);
            throw e;
        }
    }

    private static int customer() {
        return ThreadLocalRandom.current().nextInt(AccountDao.FIRST_CUSTOMER, AccountDao.ACCOUNTS + 1);
    }
}
