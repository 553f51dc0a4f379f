package io.rdsagent.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.matrix.Cell;
import io.rdsagent.it.matrix.Report;
import io.rdsagent.it.matrix.Table;
import io.rdsagent.localrds.LocalRds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Every pool at its defaults: connections leave before their deadline, without one error that the application sees. */
@Tag("alone")
class PoolsIT {

    private static final boolean ALL = "all".equals(System.getProperty("matrix"));
    /** Rounds of rotation in each of the two runs. */
    private static final int ROUNDS = ALL ? 4 : 2;
    /** They mostly wait. */
    private static final int AT_ONCE = ALL ? 2 : 3;

    private static final Path TABLE = Path.of("target", "matrix", "pools.md");

    private static final Report REPORT = new Report();

    private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    /** The rows stand in the order of the list, whichever ends first. */
    @TestFactory
    Stream<DynamicTest> connectionsLeaveBeforeTheirDeadlineWithoutOneErrorTheApplicationSees() {
        List<Pool> pools = Pool.chosen();
        pools.forEach(pool -> table().put(pool.toString(), "borrows", Cell.of("")));
        Map<Pool, Future<?>> runs = new LinkedHashMap<>();
        pools.forEach(pool -> runs.put(pool, THREADS.submit(() -> {
            leaveInTime(pool);
            return null;
        })));
        return runs.entrySet().stream()
                .map(run -> DynamicTest.dynamicTest(run.getKey().toString(), () -> {
                    try {
                        run.getValue().get();
                    } catch (ExecutionException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    private static void leaveInTime(Pool pool) throws Exception {
        try (LocalRds rds = LocalRds.builder().nodes(1).start();
                PoolRun run = PoolRun.start(rds, pool, pool.pgjdbc())) {
            run.runUntil(ROUNDS * PoolRun.SIZE).pause();
            int size = booksAgreeWithTheServer(run, 0);

            assertThat(agesWhileIdle(run))
                    .as(run.jvm().all())
                    .allSatisfy(age -> assertThat(age)
                            .isLessThan(PoolRun.DEADLINE.plus(PoolRun.GRACE).toMillis()));
            int rested = booksAgreeWithTheServer(run, size);

            run.runUntil(2 * ROUNDS * PoolRun.SIZE).pause();
            booksAgreeWithTheServer(run, 0);
            PoolRun.Figures figures = run.end();
            report(pool, rested, figures, run);

            assertThat(run.jvm().out("error")).as(run.jvm().all()).isEmpty();
            assertThat(run.jvm().err()).as("what the pool says").noneMatch(PoolsIT::isComplaint);
            assertThat(figures.errors()).isZero();
            assertThat(figures.moneyAddsUp()).as(run.jvm().all()).isTrue();
            assertThat(figures.late()).as(figures + " " + run.jvm().out("late")).isLessThan(figures.borrows() / 100);
            assertThat(figures.logins()).as(figures.toString()).isLessThanOrEqualTo(figures.explained() * 12 / 10);
            Awaitility.await("no session left").until(() -> run.ages().isEmpty());
        }
    }

    private static synchronized void report(Pool pool, int size, PoolRun.Figures figures, PoolRun run) {
        Table table = table();
        table.put(pool.toString(), "borrows", Cell.of(figures.borrows()));
        table.put(pool.toString(), "errors", Cell.of(figures.errors()));
        table.put(pool.toString(), "money", Cell.of(figures.moneyAddsUp() ? "adds up" : "is lost"));
        table.put(pool.toString(), "late", Cell.of(figures.late()));
        table.put(pool.toString(), "at rest", Cell.of(size));
        table.put(pool.toString(), "logins", Cell.of(figures.logins() + " of " + figures.explained()));
        table.put(pool.toString(), "held by", Cell.of(run.heldBy()));
        REPORT.write(TABLE);
    }

    private static Table table() {
        return REPORT.table("Pools", "PostgreSQL", "");
    }

    /** By a pool that logs to {@code java.util.logging}; Tomcat's defaults are larger than its size here. */
    private static boolean isComplaint(String line) {
        return line.matches("(WARNING|SEVERE).*")
                && !line.contains("is larger than maxActive")
                && !line.contains("failed to get this host's name");
    }

    /**
     * Waits for a moment in which the pool's own books and the server agree on the number of connections, and none is out:
     * a pool that replaces one is smaller meanwhile.
     *
     * @return how many
     */
    private static int booksAgreeWithTheServer(PoolRun run, int least) throws Exception {
        AtomicReference<PoolRun.Books> books = new AtomicReference<>();
        Awaitility.await("as many sessions as the pool says")
                .atMost(Duration.ofSeconds(10))
                .conditionEvaluationListener(condition -> {
                    if (condition.getRemainingTimeInMS() <= 0) {
                        System.err.println(
                                books + " and " + run.ages() + "\n" + run.jvm().all());
                    }
                })
                .until(() -> {
                    books.set(run.books());
                    return books.get().active() == 0
                            && books.get().size() >= least
                            && run.ages().size() == books.get().size()
                            && run.books().equals(books.get());
                });
        return books.get().size();
    }

    /** For longer than two lives. */
    private static List<Long> agesWhileIdle(PoolRun run) {
        List<Long> ages = new ArrayList<>();
        Instant end = Instant.now().plus(PoolRun.DEADLINE.multipliedBy(2)).plus(PoolRun.GRACE);
        Awaitility.await("the end of the rest")
                .pollInterval(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    ages.addAll(run.ages());
                    return Instant.now().isAfter(end);
                });
        return ages;
    }
}
