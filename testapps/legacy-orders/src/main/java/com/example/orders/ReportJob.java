package com.example.orders;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

/** Reads, each statement a transaction of its own. */
final class ReportJob extends Job {

    private static final long PAUSE_MILLIS = 30;

    private final Servers servers;
    private final AccountDao accounts = new AccountDao();

    ReportJob(Pool pool, Servers servers, Statistics statistics) {
        super("report", pool, servers, statistics, PAUSE_MILLIS);
        this.servers = servers;
    }

    @Override
    void work(Connection connection, Statistics counts, CountDownLatch closingTime) throws SQLException {
        accounts.balance(connection, ThreadLocalRandom.current().nextInt(1, AccountDao.ACCOUNTS + 1));
        counts.read();
        long total = accounts.total(connection);
        counts.read();
        if (total != AccountDao.expectedTotal()) {
            counts.failed(
                    "report",
                    servers.of(connection),
                    System.currentTimeMillis(),
                    "MONEY",
                    "The accounts hold " + total + " cents together");
        }
    }
}
