package io.rdsagent.it.pools;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** One pool under a mixed load while its connections' lives are cut short: a run, a rest, another run. */
final class PoolRun implements AutoCloseable {

    static final int SIZE = 8;
    private static final int THREADS = 12;
    private static final Duration LIFETIME = Duration.ofSeconds(4);
    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final int JITTER_PERCENT = 10;
    /** From here on a connection is past its deadline. */
    static final Duration DEADLINE = LIFETIME.minus(MARGIN);

    private static final Duration SHORTEST =
            DEADLINE.minus(LIFETIME.multipliedBy(JITTER_PERCENT).dividedBy(100));
    /** What a sweep and a slow machine may take. */
    static final Duration GRACE = Duration.ofSeconds("all".equals(System.getProperty("matrix")) ? 1 : 5);

    private static final String SESSIONS = "SELECT 1000 * extract(epoch FROM clock_timestamp() - backend_start), state"
            + " FROM pg_stat_activity WHERE usename = 'app'";
    private static final Pattern BOOKS = Pattern.compile("books \\{active=(-?\\d+), idle=(-?\\d+), total=(-?\\d+)}");
    private static final Pattern RESULT = Pattern.compile("borrows (\\d+) late (\\d+) errors (\\d+)");

    private final LocalRds rds;
    private final ForkedJvm jvm;

    private PoolRun(LocalRds rds, ForkedJvm jvm) {
        this.rds = rds;
        this.jvm = jvm;
    }

    static PoolRun start(LocalRds rds, Pool pool, String driver) throws IOException {
        return start(rds, load(rds, pool, "none", 1, url(rds)).pgjdbc(driver));
    }

    static PoolRun start(LocalRds rds, ForkedJvm.Builder load) throws IOException {
        rds.log().clear();
        return new PoolRun(rds, load.start());
    }

    static String url(LocalRds rds) {
        return "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app";
    }

    /**
     * The program, less its driver.
     *
     * @param wrapper as {@code com.example.pools.Make} knows it
     * @param count of pools that share the size
     */
    static ForkedJvm.Builder load(LocalRds rds, Pool pool, String wrapper, int count, String url) {
        return ForkedJvm.of(
                        "com.example.pools.MixedLoad",
                        pool.kind(),
                        url,
                        String.valueOf(SIZE),
                        String.valueOf(THREADS),
                        String.valueOf(LIFETIME.plusSeconds(1).toMillis()),
                        String.valueOf(DEADLINE.plus(GRACE).toMillis()),
                        wrapper,
                        String.valueOf(count))
                .artifacts(pool.artifacts())
                .on(rds)
                .set("lifetime", LIFETIME.toSeconds() + "s")
                .set("lifetime.margin", MARGIN.toMillis() + "ms")
                .set("lifetime.jitter", JITTER_PERCENT + "%")
                .set("log.level", "debug");
    }

    /** Lets the load run. */
    PoolRun run() throws IOException {
        jvm.await("ready");
        jvm.say("run");
        return this;
    }

    /** Lets the load run until so many logins have been made since the beginning. */
    PoolRun runUntil(int logins) throws IOException {
        return run().await(logins);
    }

    /** Waits for so many logins since the beginning. */
    PoolRun await(int logins) {
        Awaitility.await(logins + " logins")
                .atMost(Duration.ofSeconds(90))
                .until(() ->
                        rds.log().logins().size() >= logins || !jvm.out("error").isEmpty());
        return this;
    }

    /** Has the load rest. */
    PoolRun pause() throws IOException {
        answer("pause", "paused");
        return this;
    }

    /** What the pool says of itself at this moment. */
    Books books() throws IOException {
        String answer = answer("books", "books");
        Matcher books = BOOKS.matcher(answer);
        if (!books.matches()) {
            throw new AssertionError(answer);
        }
        return new Books(
                Integer.parseInt(books.group(1)), Integer.parseInt(books.group(2)), Integer.parseInt(books.group(3)));
    }

    private String answer(String line, String prefix) throws IOException {
        int before = jvm.out(prefix).size();
        jvm.say(line);
        Awaitility.await(prefix)
                .atMost(Duration.ofSeconds(60))
                .until(() -> jvm.out(prefix).size() > before);
        return jvm.out(prefix).get(before);
    }

    Figures end() throws Exception {
        jvm.say("stop");
        jvm.end();
        Matcher result = RESULT.matcher(jvm.out().get(jvm.out().size() - 1));
        if (!result.matches()) {
            throw new AssertionError(jvm.all());
        }
        List<Login> logins = rds.log().with(Verdict.ACCEPTED);
        return new Figures(
                Integer.parseInt(result.group(1)),
                Integer.parseInt(result.group(2)),
                Integer.parseInt(result.group(3)),
                jvm.out("sum 1000").size() == 1,
                logins.size(),
                explained(Duration.between(
                        logins.get(0).at(), logins.get(logins.size() - 1).at())));
    }

    /** As many logins as a full pool makes in this time if each connection has the shortest life. */
    private static int explained(Duration time) {
        return (int) (SIZE * (1 + (double) time.toMillis() / SHORTEST.toMillis()));
    }

    /** The ages of the application's sessions at the server, in milliseconds. */
    List<Long> ages() {
        return rds.admin(rds.writer(), SESSIONS).stream()
                .map(row -> (long) Double.parseDouble(row.get(0)))
                .toList();
    }

    /** As the agent's log says it. */
    String heldBy() {
        String words = "retired by ";
        return jvm.err().stream()
                .filter(line -> line.contains(words))
                .map(line -> line.substring(line.indexOf(words) + words.length())
                        .replaceAll(" \\((?:predicate|guard|observed)[,)].*", ""))
                .findFirst()
                .orElse("not");
    }

    ForkedJvm jvm() {
        return jvm;
    }

    @Override
    public void close() {
        jvm.close();
    }

    /** What a pool says of itself; -1 for what it doesn't say. */
    record Books(int active, int idle, int total) {

        int size() {
            return total >= 0 ? total : active + idle;
        }
    }

    /** @param explained how many logins the lifetime explains at most */
    record Figures(int borrows, int late, int errors, boolean moneyAddsUp, int logins, int explained) {}
}
