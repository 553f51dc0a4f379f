package com.example.orders;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A run: all jobs at once for some seconds, then the books are checked. */
final class Business {

    private static final int REPLICA_PATIENCE = 100;
    private static final long REPLICA_PAUSE_MILLIS = 100;
    private static final long THREAD_PATIENCE_MILLIS = 10000;

    private final Settings settings;
    private final Pool orders;
    private final Pool reports;
    private final Servers servers = new Servers();
    private final Statistics statistics = new Statistics();
    private final AccountDao accounts = new AccountDao();
    private final CountDownLatch closingTime = new CountDownLatch(1);

    Business(Settings settings, Pool orders, Pool reports) {
        this.settings = settings;
        this.orders = orders;
        this.reports = reports;
    }

    /** Whether the books are right at the end. */
    boolean run() throws SQLException, InterruptedException {
        long booked = prepare();
        List<Thread> threads = start(jobs());
        int seconds = settings.number("seconds");
        for (int second = 1; second <= seconds; second++) {
            Thread.sleep(1000);
            statistics.printLine("stats", second);
        }
        end(threads);
        statistics.printLine("end", seconds);
        return check(booked);
    }

    private long prepare() throws SQLException, InterruptedException {
        try (Connection connection = orders.borrow()) {
            accounts.createTables(connection);
            awaitReplica();
            return accounts.transfers(connection);
        }
    }

    /** The reports come from a replica, which has what was written a little later. */
    private void awaitReplica() throws SQLException, InterruptedException {
        for (int i = 0; i < REPLICA_PATIENCE; i++) {
            try (Connection connection = reports.borrow()) {
                if (accounts.hasTables(connection) && accounts.total(connection) == AccountDao.expectedTotal()) {
                    return;
                }
            }
            Thread.sleep(REPLICA_PAUSE_MILLIS);
        }
        throw new SQLException("The replica for reports does not follow.", "58000");
    }

    private List<Job> jobs() {
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < settings.number("threads"); i++) {
            jobs.add(new TransferJob(orders, servers, statistics));
            jobs.add(new ReportJob(reports, servers, statistics));
        }
        jobs.add(new ClosingJob(
                orders,
                servers,
                statistics,
                settings.number("closingSeconds"),
                settings.number("closingPauseSeconds")));
        return jobs;
    }

    private List<Thread> start(List<Job> jobs) {
        List<Thread> threads = new ArrayList<>();
        for (Job job : jobs) {
            Thread thread =
                    new Thread(() -> job.run(closingTime), job.getClass().getSimpleName() + "-" + threads.size());
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private void end(List<Thread> threads) throws InterruptedException {
        closingTime.countDown();
        for (Thread thread : threads) {
            thread.join(THREAD_PATIENCE_MILLIS);
        }
    }

    private boolean check(long booked) throws SQLException {
        try (Connection connection = orders.borrow()) {
            long total = accounts.total(connection);
            long ledger = accounts.transfers(connection) - booked;
            // The server may have committed what it could not confirm any more, never the other way round.
            boolean right = total == AccountDao.expectedTotal() && ledger >= statistics.confirmed();
            System.out.println("money total=" + total + " expected=" + AccountDao.expectedTotal() + " ledger=" + ledger
                    + " confirmed=" + statistics.confirmed() + " right=" + right);
            return right;
        }
    }
}
