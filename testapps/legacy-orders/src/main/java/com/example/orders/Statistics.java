package com.example.orders;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts, and prints, one line each time, words of the form {@code name=value}. */
final class Statistics {

    private final AtomicLong borrows = new AtomicLong();
    private final AtomicLong transfers = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong closings = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private final AtomicLong slowestBorrow = new AtomicLong();

    void borrowed(long nanos) {
        borrows.incrementAndGet();
        slowestBorrow.accumulateAndGet(nanos, Math::max);
    }

    void transferred() {
        transfers.incrementAndGet();
    }

    void read() {
        reads.incrementAndGet();
    }

    void closed() {
        closings.incrementAndGet();
    }

    /** Transactions that the database has confirmed. */
    long confirmed() {
        return transfers.get() + closings.get();
    }

    /** @param since when the connection was borrowed, or asked for if there was none */
    void failed(String job, String server, long since, SQLException e) {
        failed(job, server, since, e.getSQLState(), e.getMessage());
    }

    void failed(String job, String server, long since, String state, String message) {
        errors.incrementAndGet();
        System.out.println("error at=" + System.currentTimeMillis() + " since=" + since + " state=" + state + " on="
                + server + " job=" + job + " message=" + oneLine(message));
    }

    void printLine(String kind, long second) {
        System.out.println(kind + " t=" + second + " borrows=" + borrows + " transfers=" + transfers + " reads=" + reads
                + " closings=" + closings + " errors=" + errors + " slowest-borrow-ms="
                + TimeUnit.NANOSECONDS.toMillis(slowestBorrow.get()));
    }

    static String oneLine(String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").trim();
    }
}
