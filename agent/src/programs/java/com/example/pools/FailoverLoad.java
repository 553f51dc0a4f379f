package com.example.pools;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Money moved through a pool while its database fails over. Obeys lines on standard input: fill, load, count, rest, watch,
 * write, stop; says of each write that failed when it was begun and what became of it, and where the first after it went.
 */
public final class FailoverLoad {

    private static final int THINK_MILLIS = 5;

    private final DataSource pool;
    private final int size;
    private final String whoAmI;
    private final Class<?> driversOwn;
    /** The driver's connections that the pool began with. */
    private final List<Connection> first = new ArrayList<>();

    private final AtomicLong written = new AtomicLong();
    private volatile boolean resting;
    private CountDownLatch ended = new CountDownLatch(0);

    private FailoverLoad(DataSource pool, int size, String url) throws ClassNotFoundException {
        this.pool = pool;
        this.size = size;
        boolean postgres = url.contains(":postgresql:");
        this.whoAmI = postgres ? "SELECT current_setting('cluster_name')" : "SELECT @@report_host";
        this.driversOwn = Class.forName(
                postgres
                        ? "org.postgresql.PGConnection"
                        : url.contains(":mariadb:")
                                ? "org.mariadb.jdbc.Connection"
                                : "com.mysql.cj.jdbc.JdbcConnection");
    }

    /** Arguments: kind of pool, url, size. */
    public static void main(String[] arguments) throws Exception {
        int size = Integer.parseInt(arguments[2]);
        FailoverLoad load = new FailoverLoad(Make.pool(arguments[0], arguments[1], size), size, arguments[1]);
        load.prepare();
        say("ready");
        load.obey(new Scanner(System.in, "UTF-8"));
        System.exit(0);
    }

    private void obey(Scanner lines) throws Exception {
        while (lines.hasNextLine()) {
            switch (lines.nextLine()) {
                case "fill":
                    fill();
                    break;
                case "load":
                    start(Integer.MAX_VALUE);
                    break;
                case "write":
                    start(1);
                    ended.await();
                    say("wrote-all");
                    break;
                case "count":
                    say("count " + written);
                    break;
                case "rest":
                    resting = true;
                    ended.await();
                    say("rested");
                    break;
                case "watch":
                    watch();
                    break;
                case "stop":
                    say("sum " + number("SELECT sum(balance) FROM account") + " written " + written);
                    return;
                default:
                    throw new IllegalArgumentException();
            }
        }
    }

    private void prepare() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS account");
            statement.execute("CREATE TABLE account (id int primary key, balance int)");
            for (int i = 1; i <= 10; i++) {
                statement.execute("INSERT INTO account VALUES (" + i + ", 100)");
            }
        }
    }

    /** As many connections as the pool may have, each used once. */
    private void fill() throws SQLException {
        List<Connection> borrowed = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            borrowed.add(pool.getConnection());
        }
        for (Connection connection : borrowed) {
            ask(connection, whoAmI);
            first.add((Connection) connection.unwrap(driversOwn));
            connection.close();
        }
        say("filled " + first.size());
    }

    /** Says when those that it began with have all been closed. Asks the driver only, and nobody at the server. */
    private void watch() {
        run(() -> {
            long open = Long.MAX_VALUE;
            while (open > 0) {
                long now = 0;
                for (Connection connection : first) {
                    now += isOpen(connection) ? 1 : 0;
                }
                if (now != open) {
                    open = now;
                    say("open " + System.currentTimeMillis() + " " + open);
                }
                pause(20);
            }
        });
    }

    private static boolean isOpen(Connection connection) {
        try {
            return !connection.isClosed();
        } catch (SQLException | RuntimeException gone) {
            return false;
        }
    }

    private void start(int times) {
        resting = false;
        CountDownLatch all = new CountDownLatch(size);
        ended = all;
        for (int i = 0; i < size; i++) {
            run(() -> {
                String before = "";
                for (int done = 0; done < times && !resting; done++) {
                    before = write(before);
                    pause(times == 1 ? 0 : THINK_MILLIS);
                }
                all.countDown();
            });
        }
    }

    private static void run(Runnable step) {
        Thread thread = new Thread(step);
        thread.setDaemon(true);
        thread.start();
    }

    /** @return where the write went; nothing when it failed */
    private String write(String before) {
        long began = System.currentTimeMillis();
        String phase = "borrow";
        try (Connection connection = pool.getConnection()) {
            phase = "use";
            String node = transfer(connection);
            written.incrementAndGet();
            if (!node.equals(before)) {
                say("wrote " + began + " " + System.currentTimeMillis() + " " + node);
            }
            return node;
        } catch (SQLException | RuntimeException failure) {
            String state = failure instanceof SQLException
                    ? ((SQLException) failure).getSQLState() + "/" + ((SQLException) failure).getErrorCode()
                    : "none/0";
            say("failed " + began + " " + System.currentTimeMillis() + " " + phase + " " + state + " "
                    + String.valueOf(failure.getMessage()).replace('\n', ' '));
            return "";
        }
    }

    private String transfer(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            String node = ask(connection, whoAmI);
            move(connection);
            connection.commit();
            connection.setAutoCommit(true);
            return node;
        } catch (SQLException | RuntimeException failure) {
            try {
                connection.rollback();
                connection.setAutoCommit(true);
            } catch (SQLException | RuntimeException gone) {
                failure.addSuppressed(gone);
            }
            throw failure;
        }
    }

    private static void move(Connection connection) throws SQLException {
        int one = 1 + ThreadLocalRandom.current().nextInt(9);
        int other = one + 1;
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE account SET balance = balance - 1 WHERE id = " + one);
            statement.executeUpdate("UPDATE account SET balance = balance + 1 WHERE id = " + other);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return Long.parseLong(ask(connection, sql));
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
