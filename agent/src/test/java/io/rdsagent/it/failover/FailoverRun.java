package io.rdsagent.it.failover;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.it.pools.Pool;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.LocalRdsException;
import io.rdsagent.localrds.Node;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** One pool whose writer is replaced while it is used, or while it rests. */
final class FailoverRun implements AutoCloseable {

    static final int SIZE = 8;
    /** Who is not clean by then is not. */
    static final Duration CLEAN_LIMIT = Duration.ofSeconds(20);
    /** A thread that is stuck for longer counts as stuck for good. */
    static final Duration STUCK_LIMIT = Duration.ofSeconds(60);

    /** Between what was decided and what is written in the log of it. */
    private static final long MOMENT_MILLIS = 50;

    private static final Clock CLOCK = Clock.systemUTC();
    private static final Pattern FAILED = Pattern.compile("failed (\\d+) (\\d+) (\\w+) (\\S+) (.*)");
    private static final Pattern WROTE = Pattern.compile("wrote (\\d+) (\\d+) (\\S+)");
    private static final Pattern OPEN = Pattern.compile("open (\\d+) (\\d+)");

    private final LocalRds rds;
    private final ForkedJvm jvm;
    private long struckAt;
    private volatile long writableAt;

    private FailoverRun(LocalRds rds, ForkedJvm jvm) {
        this.rds = rds;
        this.jvm = jvm;
    }

    /**
     * A full pool, and an agent that knows the instances.
     *
     * @param settings of the agent, as in {@code lifetime=off}
     */
    static FailoverRun start(LocalRds rds, Pool pool, Side side, String... settings) throws IOException {
        ForkedJvm.Builder program = ForkedJvm.of(
                        "com.example.pools.FailoverLoad",
                        pool.kind(),
                        side.url(rds, rds.clusterHost()),
                        String.valueOf(SIZE))
                .artifacts(pool.artifacts());
        side.equip(program, rds).set("discover", "auto").set("log.level", "debug");
        for (String setting : settings) {
            program.set(setting.split("=")[0], setting.split("=")[1]);
        }
        FailoverRun run = new FailoverRun(rds, program.start());
        run.jvm.await("ready");
        run.answer("fill", "filled");
        if (side.isAgent()) {
            Awaitility.await("the instances")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> run.jvm.err().stream().anyMatch(line -> line.contains("its instances are known")));
        }
        return run;
    }

    String answer(String line, String prefix) throws IOException {
        int before = jvm.out(prefix).size();
        jvm.say(line);
        Awaitility.await(prefix)
                .atMost(STUCK_LIMIT)
                .conditionEvaluationListener(condition -> {
                    if (condition.getRemainingTimeInMS() <= 0) {
                        System.err.println(jvm.all());
                    }
                })
                .until(() -> jvm.out(prefix).size() > before);
        return jvm.out(prefix).get(before);
    }

    void say(String line) throws IOException {
        jvm.say(line);
    }

    /** Has the writer go, and notes when the next one takes writes. */
    void strike(Strike strike) {
        Node next = rds.readers().get(0);
        String question = rds.engine() == Engine.POSTGRES ? "SELECT pg_is_in_recovery()" : "SELECT @@read_only";
        CompletableFuture<Void> watch = CompletableFuture.runAsync(() -> {
            while (!takesWrites(next, question)) {
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
            writableAt = CLOCK.millis();
        });
        struckAt = CLOCK.millis();
        strike.at(rds);
        watch.join();
    }

    private boolean takesWrites(Node node, String question) {
        try {
            return List.of("f", "0").contains(rds.admin(node, question).get(0).get(0));
        } catch (LocalRdsException | IndexOutOfBoundsException restarting) {
            return false;
        }
    }

    /** Waits until nothing of what the pool began with is open any more, and at most so long. */
    boolean isClean() {
        long end = struckAt + CLEAN_LIMIT.toMillis();
        Awaitility.await().atMost(CLEAN_LIMIT.plusSeconds(30)).until(() -> cleanAt() > 0 || CLOCK.millis() > end);
        return cleanAt() > 0;
    }

    void awaitWritesTo(Node node) {
        Awaitility.await("a write to " + node.name())
                .atMost(STUCK_LIMIT)
                .until(() -> wroteTo(node).findAny().isPresent());
    }

    /** Waits for a write to the writer that is now, but not for ever. */
    boolean hasWritten() {
        long end = CLOCK.millis() + STUCK_LIMIT.toMillis();
        Awaitility.await()
                .atMost(STUCK_LIMIT.plusSeconds(30))
                .until(() -> wroteTo(rds.writer()).findAny().isPresent() || CLOCK.millis() > end);
        return wroteTo(rds.writer()).findAny().isPresent();
    }

    /** When the last of those that it began with was closed; 0 if not all are. */
    long cleanAt() {
        return jvm.out("open").stream()
                .map(OPEN::matcher)
                .filter(Matcher::matches)
                .filter(open -> open.group(2).equals("0"))
                .mapToLong(open -> Long.parseLong(open.group(1)))
                .findFirst()
                .orElse(0);
    }

    private Stream<Matcher> wroteTo(Node node) {
        return jvm.out("wrote ").stream()
                .map(WROTE::matcher)
                .filter(Matcher::matches)
                .filter(wrote -> wrote.group(3).equals(node.name()));
    }

    /** How long after it takes writes the new writer got the first one. */
    Duration toFirstWrite() {
        long first = wroteTo(rds.writer())
                .mapToLong(wrote -> Long.parseLong(wrote.group(2)))
                .min()
                .orElseThrow();
        return Duration.ofMillis(Math.max(0, first - writableAt));
    }

    Duration toClean() {
        return Duration.ofMillis(cleanAt() - struckAt);
    }

    List<Failure> failures() {
        return jvm.out("failed ").stream()
                .map(FAILED::matcher)
                .filter(Matcher::matches)
                .map(failed -> new Failure(
                        Long.parseLong(failed.group(1)) - struckAt,
                        Long.parseLong(failed.group(2)) - struckAt,
                        failed.group(3),
                        failed.group(4) + " " + failed.group(5)))
                .toList();
    }

    /** Of connections that were borrowed when the new writer took writes already, and were of no use. */
    long staleBorrows() {
        return staleBorrows(writableAt);
    }

    /** The same, since the agent said who the writer is; the application may have found it before, by the cluster's name. */
    long staleBorrowsOnceDetected() {
        Awaitility.await("the new writer in the log")
                .atMost(STUCK_LIMIT)
                .until(() -> jvm.err().stream().anyMatch(line -> line.contains("is the writer now")));
        return staleBorrows(jvm.err().stream()
                .filter(line -> line.contains("is the writer now"))
                .mapToLong(line ->
                        Instant.parse(line.substring(0, line.indexOf(' '))).toEpochMilli())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the new writer was not detected:\n" + jvm.all())));
    }

    private long staleBorrows(long since) {
        return failures().stream()
                .filter(failure -> failure.phase().equals("use") && failure.began() > since - struckAt + MOMENT_MILLIS)
                .count();
    }

    /** How many writes have been answered so far. */
    long written() throws IOException {
        return Long.parseLong(answer("count", "count ").split(" ")[1]);
    }

    /** How many of the connections that the pool began with are open, as it was said last; all are watched from "watch" on. */
    int openOfFirst() {
        return jvm.out("open").stream()
                .map(OPEN::matcher)
                .filter(Matcher::matches)
                .mapToInt(open -> Integer.parseInt(open.group(2)))
                .min()
                .orElseThrow();
    }

    /** What is in the accounts at the end. */
    int sum() throws IOException {
        String[] words = answer("stop", "sum").split(" ");
        return Integer.parseInt(words[1]);
    }

    ForkedJvm jvm() {
        return jvm;
    }

    @Override
    public void close() {
        jvm.close();
    }

    /**
     * A write that failed.
     *
     * @param began milliseconds after the strike; negative before it
     * @param phase borrow, or use
     */
    record Failure(long began, long ended, String phase, String text) {}
}
