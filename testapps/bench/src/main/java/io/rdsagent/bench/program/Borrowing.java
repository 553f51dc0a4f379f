package io.rdsagent.bench.program;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Four threads that borrow, SELECT 1, return, and pause. Prints the quantiles in nanoseconds.
 */
public final class Borrowing {

    private static final int THREADS = 4;
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final long pauseNanos;

    private final Histogram borrow = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final Histogram whole = new ConcurrentHistogram(LONGEST_NANOS, 3);
    private final AtomicReference<SQLException> failure = new AtomicReference<>();
    private volatile boolean counting;
    private volatile boolean stop;

    /**
     * Arguments: the pool's size, microseconds of a pause, milliseconds before it counts, and while it does; milliseconds
     * from one login beside the pool to the next, 0 for none.
     */
    public static void main(String[] arguments) throws Exception {
        long[] numbers = Arrays.stream(arguments).mapToLong(Long::parseLong).toArray();
        new Borrowing(1000 * numbers[1]).run((int) numbers[0], numbers[2], numbers[3], numbers[4]);
    }

    private void run(int size, long warmUpMillis, long millis, long besideMillis) throws Exception {
        Database database = new Database();
        List<Thread> threads = new ArrayList<>();
        ScheduledExecutorService beside = Executors.newSingleThreadScheduledExecutor();
        if (besideMillis > 0) {
            Future<?> unused =
                    beside.scheduleAtFixedRate(() -> login(database), 0, besideMillis, TimeUnit.MILLISECONDS);
        }
        try (HikariDataSource pool = pool(database, size)) {
            for (int i = 0; i < THREADS; i++) {
                threads.add(new Thread(() -> borrow(pool)));
                threads.get(i).start();
            }
            Thread.sleep(warmUpMillis);
            counting = true;
            Thread.sleep(millis);
            stop = true;
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            beside.shutdownNow();
        }
        if (failure.get() != null) {
            throw failure.get();
        }
        print("borrow", borrow);
        print("whole", whole);
    }

    private void login(Database database) {
        try {
            database.connect().close();
        } catch (SQLException unexpected) {
            failure.set(unexpected);
        }
    }

    private static HikariDataSource pool(Database database, int size) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setDataSourceProperties(database.properties());
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    private void borrow(HikariDataSource pool) {
        while (!stop && failure.get() == null) {
            boolean counts = counting;
            long began = System.nanoTime();
            long borrowed;
            try (Connection connection = pool.getConnection()) {
                borrowed = System.nanoTime();
                Database.selectOne(connection);
            } catch (SQLException unexpected) {
                failure.set(unexpected);
                return;
            }
            long returned = System.nanoTime();
            if (pauseNanos > 0) {
                LockSupport.parkNanos(pauseNanos);
            }
            if (counts) {
                borrow.recordValue(borrowed - began);
                whole.recordValue(returned - began);
            }
        }
    }

    private static void print(String what, Histogram times) {
        System.out.println(what + ".p50: " + times.getValueAtPercentile(50));
        System.out.println(what + ".p99: " + times.getValueAtPercentile(99));
        System.out.println(what + ".p99.9: " + times.getValueAtPercentile(99.9));
        System.out.println(what + ".p99.99: " + times.getValueAtPercentile(99.99));
        System.out.println(what + ".max: " + times.getMaxValue());
        System.out.println(what + ".count: " + times.getTotalCount());
    }

    private Borrowing(long pauseNanos) {
        this.pauseNanos = pauseNanos;
    }
}
