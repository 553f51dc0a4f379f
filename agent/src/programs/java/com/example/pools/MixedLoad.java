package com.example.pools;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * A pool under a mixed load: transfers of money, reads with autocommit, transactions that cross a deadline, handles that are
 * held before their first use, and more threads than connections. Obeys lines on standard input: run, pause,
 * books, stop.
 */
public final class MixedLoad {

    private static final String AGE = "SELECT 1000 * extract(epoch FROM clock_timestamp() - backend_start)"
            + " FROM pg_stat_activity WHERE pid = pg_backend_pid()";

    private final List<DataSource> pools;
    /** Whether some transfers are made in transactions of a transaction manager. */
    private final boolean managed;

    private final int threads;
    private final long longMillis;
    private final long lateMillis;
    private final AtomicLong borrows = new AtomicLong();
    private final AtomicLong late = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private volatile boolean paused;

    private MixedLoad(List<DataSource> pools, boolean managed, int threads, long longMillis, long lateMillis) {
        this.pools = pools;
        this.managed = managed;
        this.threads = threads;
        this.longMillis = longMillis;
        this.lateMillis = lateMillis;
    }

    /**
     * Arguments: kind of pool, url, size, threads, milliseconds of a long transaction, of an age that is too late; a wrapper,
     * and how many pools share the size and the load.
     */
    public static void main(String[] arguments) throws Exception {
        String kind = arguments[0];
        int count = Integer.parseInt(arguments[7]);
        List<DataSource> pools = new ArrayList<>();
        List<DataSource> seen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pools.add(Make.pool(kind, arguments[1], Integer.parseInt(arguments[2]) / count));
            seen.add(Make.wrapped(arguments[6], pools.get(i)));
        }
        MixedLoad load = new MixedLoad(
                seen,
                Make.isManaged(kind),
                Integer.parseInt(arguments[3]),
                Long.parseLong(arguments[4]),
                Long.parseLong(arguments[5]));
        load.prepare();
        System.out.println("ready");
        load.obey(new Scanner(System.in, "UTF-8"), kind, pools);
        System.out.println("sum " + load.number("SELECT sum(balance) FROM account"));
        System.out.println("borrows " + load.borrows + " late " + load.late + " errors " + load.errors);
        System.exit(0);
    }

    private void obey(Scanner lines, String kind, List<DataSource> pools) throws Exception {
        CountDownLatch ended = new CountDownLatch(0);
        while (lines.hasNextLine()) {
            String line = lines.nextLine();
            switch (line) {
                case "run":
                    ended = start();
                    break;
                case "pause":
                    paused = true;
                    ended.await();
                    System.out.println("paused");
                    break;
                case "books":
                    System.out.println("books " + books(kind, pools));
                    break;
                case "renew":
                    for (DataSource pool : pools) {
                        Make.renew(kind, pool);
                    }
                    break;
                case "stop":
                    return;
                default:
                    throw new IllegalArgumentException(line);
            }
        }
    }

    private static Map<String, Integer> books(String kind, List<DataSource> pools) throws Exception {
        Map<String, Integer> sums = new LinkedHashMap<>();
        for (DataSource pool : pools) {
            Make.books(kind, pool).forEach((name, number) -> sums.merge(name, number, Integer::sum));
        }
        return sums;
    }

    private void prepare() throws SQLException {
        try (Connection connection = pools.get(0).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS account");
            statement.execute("CREATE TABLE account (id int primary key, balance int)");
            statement.execute("INSERT INTO account SELECT i, 100 FROM generate_series(1, 10) i");
        }
    }

    private CountDownLatch start() {
        paused = false;
        CountDownLatch ended = new CountDownLatch(threads);
        for (int i = 0; i < threads; i++) {
            int kind = i;
            new Thread(() -> {
                        while (!paused) {
                            borrow(kind);
                        }
                        ended.countDown();
                    })
                    .start();
        }
        return ended;
    }

    private void borrow(int kind) {
        if (managed && (kind == 0 || kind % 4 == 3)) {
            transferManaged(kind == 0 ? longMillis : 0);
        } else {
            borrowPlain(kind);
        }
    }

    private void borrowPlain(int kind) {
        try (Connection connection = pool().getConnection()) {
            borrows.incrementAndGet();
            switch (kind % 4) {
                case 0:
                    see(age(connection));
                    transfer(connection, kind == 0 ? longMillis : 0);
                    break;
                case 1:
                    hold();
                    age(connection);
                    break;
                case 2:
                    see(age(connection));
                    break;
                default:
                    see(age(connection));
                    transfer(connection, 0);
            }
        } catch (SQLException failure) {
            errors.incrementAndGet();
            System.out.println("error " + failure.getSQLState() + " " + failure.getMessage());
        } catch (RuntimeException failure) {
            errors.incrementAndGet();
            System.out.println("error " + failure);
        }
    }

    private DataSource pool() {
        return pools.get((int) (borrows.get() % pools.size()));
    }

    private void transferManaged(long longMillis) {
        try {
            Jta.begin();
            try (Connection connection = pool().getConnection()) {
                borrows.incrementAndGet();
                see(age(connection));
                move(connection, longMillis);
            } catch (SQLException | RuntimeException failure) {
                Jta.rollback();
                throw failure;
            }
            Jta.commit();
        } catch (Exception failure) {
            errors.incrementAndGet();
            System.out.println("error managed " + failure);
            failure.printStackTrace();
        }
    }

    /** An application that thinks between its borrow and its first statement. */
    private static void hold() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private void see(long age) {
        if (age > lateMillis) {
            late.incrementAndGet();
            System.out.println("late " + age);
        }
    }

    private static long age(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(AGE)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static void transfer(Connection connection, long longMillis) throws SQLException {
        connection.setAutoCommit(false);
        try {
            move(connection, longMillis);
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    private static void move(Connection connection, long longMillis) throws SQLException {
        int from = 1 + ThreadLocalRandom.current().nextInt(10);
        int to = from % 10 + 1;
        move(connection, Math.min(from, to), from < to ? -1 : 1);
        if (longMillis > 0) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT pg_sleep(" + longMillis / 1000.0 + ")");
            }
        }
        move(connection, Math.max(from, to), from < to ? 1 : -1);
    }

    private static void move(Connection connection, int account, int amount) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("UPDATE account SET balance = balance + ? WHERE id = ?")) {
            statement.setInt(1, amount);
            statement.setInt(2, account);
            statement.executeUpdate();
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = pools.get(0).getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
