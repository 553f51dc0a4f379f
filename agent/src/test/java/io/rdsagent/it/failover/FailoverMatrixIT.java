package io.rdsagent.it.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.it.matrix.Cell;
import io.rdsagent.it.matrix.Report;
import io.rdsagent.it.matrix.Table;
import io.rdsagent.it.pools.Pool;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * How a writer goes, by engine and pool, idle and under load: the agent, and the AWS wrapper beside it. The times are
 * told; what the agent promises is checked. Only where it is asked for: {@code -Pmatrix}, or {@code -Dmatrix.failover=quick}.
 */
class FailoverMatrixIT {

    private static final boolean QUICK = "quick".equals(System.getProperty("matrix.failover"));
    private static final boolean ALL = !QUICK && "all".equals(System.getProperty("matrix"));
    /** They mostly wait. */
    private static final int AT_ONCE = 2;

    private static final Path TABLE = Path.of("target", "matrix", "failover.md");
    private static final Report REPORT = new Report();
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(AT_ONCE);

    private static final Pool HIKARI = pool("hikari", "com.zaxxer:HikariCP", ForkedJvm.NEWEST_HIKARICP);
    private static final List<Pool> POOLS = List.of(
            HIKARI,
            pool("tomcat", "org.apache.tomcat:tomcat-jdbc", "11.0.25"),
            pool("dbcp2", "org.apache.commons:commons-dbcp2", "2.14.0"));

    private static Pool pool(String kind, String artifact, String version) {
        return new Pool(kind, version, true, List.of(artifact + ":" + version));
    }

    @AfterAll
    static void stop() {
        THREADS.shutdownNow();
    }

    private record Run(Engine engine, Strike strike, boolean loaded, Pool pool, Side side) {

        String row() {
            return side.name() + ", " + pool;
        }

        Table table() {
            return REPORT.table(strike.toString(), engine == Engine.POSTGRES ? "PostgreSQL" : "MySQL", "");
        }

        @Override
        public String toString() {
            return engine + ", " + strike + ", " + (loaded ? "under load" : "idle") + ", " + row();
        }
    }

    /** The rows stand in the order of the list, whichever ends first. */
    @TestFactory
    Stream<DynamicTest> aWriterIsReplaced() {
        assumeTrue(QUICK || ALL, "scripts/matrix failover runs it");
        List<Run> runs = runs();
        runs.forEach(run -> put(run, run.loaded() ? "load: failed writes" : "idle: clean after", ""));
        Map<Run, Future<?>> futures = new LinkedHashMap<>();
        runs.forEach(run -> futures.put(run, THREADS.submit(() -> {
            go(run);
            return null;
        })));
        return futures.entrySet().stream()
                .map(run -> DynamicTest.dynamicTest(run.getKey().toString(), () -> {
                    try {
                        run.getValue().get();
                    } catch (ExecutionException failure) {
                        throw failure.getCause();
                    }
                }));
    }

    /** The wrapper is tried with HikariCP, which its manual speaks of. */
    private static List<Run> runs() {
        String only = System.getProperty("matrix.only", "");
        List<Run> runs = new ArrayList<>();
        for (Engine engine : List.of(Engine.POSTGRES, Engine.MYSQL)) {
            for (Strike strike : QUICK ? List.of(Strike.PLANNED, Strike.KILL) : List.of(Strike.values())) {
                for (Pool pool : QUICK ? List.of(HIKARI) : POOLS) {
                    addBoth(runs, engine, strike, pool, Side.AGENT);
                }
                for (Side peer : QUICK ? Side.PEERS.subList(0, 1) : Side.PEERS) {
                    addBoth(runs, engine, strike, HIKARI, peer);
                }
            }
        }
        return runs.stream().filter(run -> run.toString().contains(only)).toList();
    }

    private static void addBoth(List<Run> runs, Engine engine, Strike strike, Pool pool, Side side) {
        runs.add(new Run(engine, strike, false, pool, side));
        runs.add(new Run(engine, strike, true, pool, side));
    }

    private static void go(Run cell) throws Exception {
        try (LocalRds rds = LocalRds.builder().engine(cell.engine()).nodes(2).start();
                FailoverRun run = FailoverRun.start(rds, cell.pool(), cell.side())) {
            if (cell.loaded()) {
                underLoad(cell, rds, run);
            } else {
                idle(cell, run);
            }
        }
    }

    private static void idle(Run cell, FailoverRun run) throws Exception {
        run.say("watch");
        run.strike(cell.strike());
        boolean clean = run.isClean();
        run.answer("write", "wrote-all");
        put(cell, "idle: clean after", clean ? seconds(run.toClean()) : "not in 20 s");
        put(cell, "idle: failed writes", run.failures().size());

        if (cell.side().isAgent()) {
            assertThat(clean).as(run.jvm().all()).isTrue();
            assertThat(run.failures()).as(run.jvm().all()).isEmpty();
            assertThat(run.sum()).isEqualTo(1000);
        }
    }

    private static void underLoad(Run cell, LocalRds rds, FailoverRun run) throws Exception {
        run.say("load");
        run.awaitWritesTo(rds.writer());
        run.strike(cell.strike());
        boolean written = run.hasWritten();
        if (written) {
            run.answer("rest", "rested");
        }
        put(cell, "load: failed writes", run.failures().size());
        put(cell, "load: stale borrows", run.staleBorrows());
        put(cell, "load: first write after", written ? seconds(run.toFirstWrite()) : "not in 60 s");

        if (cell.side().isAgent()) {
            assertThat(written).as(run.jvm().all()).isTrue();
            assertThat(run.staleBorrowsOnceDetected()).as(run.jvm().all()).isZero();
            assertThat(run.failures()).as(run.jvm().all()).hasSizeLessThanOrEqualTo(FailoverRun.SIZE);
            assertThat(run.sum()).isEqualTo(1000);
        }
    }

    private static String seconds(Duration time) {
        return String.format(java.util.Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static synchronized void put(Run cell, String column, Object figure) {
        cell.table().put(cell.row(), column, Cell.of(figure));
        REPORT.write(TABLE);
    }
}
