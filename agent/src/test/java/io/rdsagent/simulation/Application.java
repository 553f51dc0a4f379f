package io.rdsagent.simulation;

import io.rdsagent.config.Balance;
import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.endpoint.Balancer;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Servers;
import io.rdsagent.event.Events;
import io.rdsagent.event.Reason;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import io.rdsagent.given.VirtualTime;
import io.rdsagent.lease.Holder;
import io.rdsagent.lease.Lease;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.Rebalance;
import io.rdsagent.lease.Recipe;
import io.rdsagent.lease.Retirement;
import io.rdsagent.lease.Spares;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One JVM of the fleet, in a time of its own: a pool that fills itself as HikariCP does, and the agent's own balancing,
 * leases, retirement, pace and spares. The servers are a list of those that are down.
 */
final class Application {

    static final int POOL = 30;
    private static final long LOGIN_MILLIS = 30;
    /** A pool that could not connect tries again. */
    private static final long AGAIN_MILLIS = 1000;
    /** A token is handed out for so long before it is renewed. */
    private static final long TOKEN_MILLIS = 300_000;

    private static final long REBALANCE_MILLIS = 2_000;
    /** What is looked at each second or two is looked at this seldom while there is nothing but rotation. */
    private static final long QUIET_MILLIS = 10_000;

    private static final long OFTEN_MILLIS = 1_000;

    private static final Events SILENCE = new Events() {};

    private final VirtualTime time = new VirtualTime();
    private final Instant begin = time.instant();
    private final Random random;
    private final Tally tally;
    private final Predicate<Duration> quiet;
    private final Leases leases = new Leases(time, SILENCE);
    private final Executor threads = task -> later(LOGIN_MILLIS, task);
    private final Spares spares = new Spares(leases, time, threads, SILENCE);
    private final Retirement retirement;
    private final DatabaseConfig config = Configured.database("iam=auto");
    private final List<Endpoint> readers;
    private final Map<Endpoint, Integer> numbers = new HashMap<>();
    private final Database database;
    private final Recipe recipe = this::login;
    private final Set<Endpoint> down = new HashSet<>();
    private final Set<Pooled> pool = new HashSet<>();
    private final IdentityHashMap<Connection, FakeConnection> opened = new IdentityHashMap<>();
    private final Object pooled = new Object();
    private final long tokenPhase;
    private int opening;

    /**
     * @param readerCount those that ever are
     * @param first how many of them there are at the beginning
     * @param quiet when it is enough to look seldom
     */
    Application(int readerCount, int first, long seed, Tally tally, Predicate<Duration> quiet) {
        this.quiet = quiet;
        this.random = new Random(seed);
        this.tally = tally;
        this.tokenPhase = random.nextInt((int) TOKEN_MILLIS);
        this.retirement = new Retirement(
                leases, spares, time, time.timer(this::seldom), random::nextDouble, overdue -> {}, SILENCE);
        this.readers = new ArrayList<>();
        for (int i = 0; i < readerCount; i++) {
            readers.add(Configured.endpoint("reader-" + i + ".abc123xyz.eu-west-1.rds.amazonaws.com:5432"));
            numbers.put(readers.get(i), i);
        }
        this.database = new Database(
                config,
                "orders",
                new Balancer(readers.subList(0, first), Balance.ROUND_ROBIN, null, random.nextInt(1 << 16), time));
        Rebalance rebalance = new Rebalance(leases, retirement, time, random::nextDouble);
        // No two JVMs look at the same moment.
        later(random.nextInt((int) REBALANCE_MILLIS), () -> look(rebalance));
    }

    private void look(Rebalance rebalance) {
        rebalance.look();
        later(quiet.test(since()) ? QUIET_MILLIS : REBALANCE_MILLIS, () -> look(rebalance));
    }

    /** Whatever has to be done meanwhile hurries the timer by itself. */
    private long seldom(long nanos) {
        return nanos >= TimeUnit.MILLISECONDS.toNanos(OFTEN_MILLIS) && quiet.test(since())
                ? TimeUnit.MILLISECONDS.toNanos(QUIET_MILLIS)
                : nanos;
    }

    void later(long millis, Runnable what) {
        var unused = time.timer().schedule(what, millis, TimeUnit.MILLISECONDS);
    }

    private void every(long millis, Runnable what) {
        later(millis, () -> {
            what.run();
            every(millis, what);
        });
    }

    /** From when it starts to the end. */
    void live(Duration start, Duration span) {
        later(start.toMillis(), this::fill);
        count();
        every(Tally.SAMPLE.toMillis(), this::count);
        time.advance(span);
    }

    private void count() {
        int sample = (int) (since().toMillis() / Tally.SAMPLE.toMillis());
        readers.forEach(reader -> tally.open(numbers.get(reader), sample, reader.open()));
    }

    private Duration since() {
        return Duration.between(begin, time.instant());
    }

    /** One at a time, as HikariCP does. */
    private void fill() {
        if (opening == 0 && pool.size() < POOL) {
            opening++;
            Connection ready = spares.take(recipe);
            later(ready == null ? LOGIN_MILLIS : 1, () -> {
                opening--;
                take(ready == null ? loginOrNull() : ready);
            });
        }
    }

    private Connection loginOrNull() {
        try {
            return login();
        } catch (SQLException nobodyIsUp) {
            return null;
        }
    }

    private void take(Connection physical) {
        if (physical == null) {
            later(AGAIN_MILLIS + random.nextInt((int) AGAIN_MILLIS), this::fill);
            return;
        }
        Pooled entry = new Pooled(physical);
        pool.add(entry);
        leases.hold(physical, entry, entry);
        fill();
    }

    /** As {@code Connector} does: the endpoints in their order, until one answers. */
    private Connection login() throws SQLException {
        List<Endpoint> order = database.balancer().order();
        for (int i = 0; i < order.size(); i++) {
            Endpoint endpoint = order.get(i);
            if (i > 0) {
                endpoint.opened();
            }
            try {
                if (!down.contains(endpoint)) {
                    return loggedIn(endpoint);
                }
            } finally {
                endpoint.closed();
            }
        }
        throw new SQLException("nobody is up", "08001");
    }

    private Connection loggedIn(Endpoint endpoint) {
        long now = time.millis();
        tally.login(numbers.get(endpoint), since());
        FakeConnection connection = new FakeConnection();
        Connection physical = connection.physical();
        opened.put(physical, connection);
        long signedAt = now - Math.floorMod(now - tokenPhase, TOKEN_MILLIS);
        Lease lease = new Lease(
                physical,
                any -> connection.closed,
                database,
                endpoint,
                now,
                retirement.deadline(config, now, signedAt));
        retirement.begin(physical, lease);
        lease.madeBy(recipe);
        return physical;
    }

    /** The pool's own object for a connection, which it always lets go of at once. */
    private final class Pooled implements Holder {

        private final Connection physical;

        Pooled(Connection physical) {
            this.physical = physical;
        }

        @Override
        public Object pool() {
            return pooled;
        }

        @Override
        public String description() {
            return "the fleet's pool";
        }

        @Override
        public void retire(Consumer<Throwable> failed) {
            if (pool.remove(this)) {
                opened.remove(physical).closed = true;
                fill();
            }
        }

        /** It is busy now and then. */
        @Override
        public long lastUse() {
            return time.millis();
        }
    }

    /** The server is gone, and what was open to it; a probe notices it within its interval. */
    void lose(int reader, long noticedMillis) {
        Endpoint lost = readers.get(reader);
        down.add(lost);
        later(noticedMillis, () -> {
            if (down.contains(lost)) {
                Servers.silent(lost);
                leases.retire(lost, Reason.ENDPOINT_DEAD);
                retirement.hurry();
            }
        });
    }

    /** It serves again, as the next probe finds. */
    void regain(int reader, long noticedMillis) {
        Endpoint back = readers.get(reader);
        down.remove(back);
        later(noticedMillis, () -> {
            if (!back.isHealthy()) {
                Servers.back(back, time.millis());
            }
        });
    }

    /** All of them, as the next look at the topology finds. */
    void scaleOut(long noticedMillis) {
        later(noticedMillis, () -> {
            for (Endpoint reader : readers.subList(database.endpoints().size(), readers.size())) {
                Servers.join(reader, time.millis());
            }
            Servers.serve(database, readers);
        });
    }

    /** Its JVM ends, and begins anew. */
    void restart(long againMillis) {
        List<Pooled> ending = new ArrayList<>(pool);
        pool.clear();
        ending.forEach(connection -> opened.remove(connection.physical).closed = true);
        later(againMillis, this::fill);
    }
}
