package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.Balance;
import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.Balancer;
import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Servers;
import io.rdsagent.event.Reason;
import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How connections that are unevenly spread become even. */
class RebalanceTest {

    @Property(tries = 100)
    void whateverTheSpreadItBecomesEvenAndThenNothingMovesAnyMore(
            @ForAll @Size(min = 2, max = 6) List<@IntRange(max = 12) Integer> counts,
            @ForAll Balance balance,
            @ForAll long seed) {
        Jvm jvm = new Jvm(counts.size(), balance, new Random(seed));
        for (int i = 0; i < counts.size(); i++) {
            jvm.open(i, counts.get(i));
        }
        int excess = excess(counts);

        jvm.advance(Duration.ofHours(1));

        assertThat(spread(jvm.counts())).isLessThanOrEqualTo(1);
        assertThat(jvm.events.retired)
                .as("each that is in excess moves once")
                .hasSize(excess)
                .allSatisfy(retired -> assertThat(retired.reason).isEqualTo(Reason.REBALANCED));
        assertThat(jvm.counts().stream().mapToInt(Integer::intValue).sum())
                .isEqualTo(counts.stream().mapToInt(Integer::intValue).sum());
    }

    @Test
    void oneConnectionMovesAtATimeAndNotAtOnce() {
        Jvm jvm = new Jvm(2, Balance.ROUND_ROBIN, new Random(1));
        jvm.open(0, 10);

        jvm.advance(Duration.ofSeconds(1));
        assertThat(jvm.counts()).containsExactly(10, 0);
        int before = 10;
        for (int i = 0; i < 600; i++) {
            jvm.advance(Duration.ofSeconds(1));
            assertThat(before - jvm.counts().get(0)).isBetween(0, 1);
            before = jvm.counts().get(0);
        }
        assertThat(jvm.counts()).containsExactly(5, 5);
    }

    @Test
    void whatIsEvenStays() {
        Jvm jvm = new Jvm(3, Balance.ROUND_ROBIN, new Random(1));
        jvm.open(0, 3);
        jvm.open(1, 3);
        jvm.open(2, 4);

        jvm.advance(Duration.ofHours(1));

        assertThat(jvm.events.retired).isEmpty();
    }

    @Test
    void aConnectionOfNoPoolIsLeftAlone() {
        Jvm jvm = new Jvm(2, Balance.ROUND_ROBIN, new Random(1));
        for (int i = 0; i < 4; i++) {
            jvm.begin(0);
        }

        jvm.advance(Duration.ofHours(1));

        assertThat(jvm.counts()).containsExactly(4, 0);
    }

    @Test
    void twentyJvmsOfTwentyConnectionsAreEvenAsAWhole() {
        Random random = new Random(7);
        int[] total = new int[3];
        for (int i = 0; i < 20; i++) {
            Jvm jvm = new Jvm(3, Balance.ROUND_ROBIN, random);
            for (int c = 0; c < 20; c++) {
                jvm.replace();
            }
            assertThat(spread(jvm.counts())).isLessThanOrEqualTo(1);
            IntStream.range(0, 3).forEach(e -> total[e] += jvm.counts().get(e));
        }

        assertThat(IntStream.of(total).max().orElseThrow()
                        - IntStream.of(total).min().orElseThrow())
                .as("400 in all")
                .isLessThanOrEqualTo(12);
    }

    @Test
    void oneThatHasJustJoinedIsNotCountedAsHavingTooFew() {
        Jvm jvm = new Jvm(3, Balance.ROUND_ROBIN, new Random(1));
        jvm.open(0, 6);
        jvm.open(1, 6);
        Servers.join(jvm.endpoints.get(2), jvm.time.millis());

        jvm.advance(Duration.ofSeconds(39));
        assertThat(jvm.events.retired).isEmpty();
        jvm.advance(Duration.ofMinutes(20));
        assertThat(jvm.counts()).containsExactly(4, 4, 4);
        assertThat(jvm.events.retired).hasSize(4);
    }

    @Test
    void whatIsInAnotherZoneComesBackOneByOneOnceTheZoneServesAgain() {
        Jvm jvm = new Jvm(3, Balance.ROUND_ROBIN, "eu-west-1a", new Random(1));
        Servers.isIn(jvm.endpoints.get(2), "eu-west-1a");
        Servers.silent(jvm.endpoints.get(2));
        jvm.open(0, 3);
        jvm.open(1, 3);

        jvm.advance(Duration.ofMinutes(10));
        assertThat(jvm.counts()).as("it is away").containsExactly(3, 3, 0);
        Servers.back(jvm.endpoints.get(2), jvm.time.millis());
        jvm.advance(Duration.ofSeconds(39));
        assertThat(jvm.counts()).as("it has just come back").containsExactly(3, 3, 0);
        jvm.advance(Duration.ofMinutes(20));

        assertThat(jvm.counts()).containsExactly(0, 0, 6);
        assertThat(jvm.events.retired).hasSize(6);
    }

    private static int excess(List<Integer> counts) {
        List<Integer> now = new ArrayList<>(counts);
        int moves = 0;
        while (spread(now) > 1) {
            int from = now.indexOf(Collections.max(now));
            int to = now.indexOf(Collections.min(now));
            now.set(from, now.get(from) - 1);
            now.set(to, now.get(to) + 1);
            moves++;
        }
        return moves;
    }

    private static int spread(List<Integer> counts) {
        return Collections.max(counts) - Collections.min(counts);
    }

    /** A pool that replaces at once what leaves it, and goes where the balancer says. */
    private static final class Jvm {

        private final VirtualTime time = new VirtualTime();
        private final RecordedEvents events = new RecordedEvents();
        private final Leases leases = new Leases(time, events);
        private final Retirement retirement;
        private final Rebalance rebalance;
        private final List<Endpoint> endpoints;
        private final Database database;
        private final Object pool = new Object();
        private final List<FakeConnection> connections = new ArrayList<>();
        private final List<Object> kept = new ArrayList<>();

        Jvm(int size, Balance balance, Random random) {
            this(size, balance, null, random);
        }

        Jvm(int size, Balance balance, String zone, Random random) {
            endpoints = IntStream.range(0, size)
                    .mapToObj(i -> HostPort.of("db-" + i, 5432))
                    .map(address -> new Endpoint(address, address, null))
                    .toList();
            database = new Database(
                    Configured.database("lifetime=off;idle=off"),
                    "orders",
                    new Balancer(endpoints, balance, zone, random.nextInt(1 << 16), time));
            retirement = new Retirement(
                    leases,
                    new Spares(leases, time, time.timer(), events),
                    time,
                    time.timer(),
                    () -> 0,
                    any -> {},
                    events);
            rebalance = new Rebalance(leases, retirement, time, random::nextDouble);
        }

        void open(int endpoint, int count) {
            for (int i = 0; i < count; i++) {
                hold(endpoints.get(endpoint));
            }
        }

        void begin(int endpoint) {
            begin(endpoints.get(endpoint));
        }

        private Connection begin(Endpoint endpoint) {
            FakeConnection connection = new FakeConnection();
            Connection physical = connection.physical();
            connections.add(connection);
            kept.add(physical);
            retirement.begin(physical, new Lease(physical, database, endpoint, time.millis(), Lease.NEVER));
            return physical;
        }

        private void hold(Endpoint endpoint) {
            Connection physical = begin(endpoint);
            Object entry = new Object();
            kept.add(entry);
            leases.hold(physical, entry, new FakeHolder(pool, connections.get(connections.size() - 1)));
        }

        void replace() {
            Endpoint first = database.balancer().order().get(0);
            hold(first);
            first.closed();
        }

        void advance(Duration by) {
            for (long second = 0; second < by.toSeconds(); second++) {
                time.advance(Duration.ofSeconds(1));
                rebalance.look();
                time.advance(Duration.ZERO);
                long gone = connections.stream()
                        .filter(connection -> connection.closed)
                        .count();
                connections.removeIf(connection -> connection.closed);
                for (long i = 0; i < gone; i++) {
                    replace();
                }
            }
        }

        List<Integer> counts() {
            return endpoints.stream()
                    .map(endpoint -> (int) leases.all().stream()
                            .filter(lease -> lease.endpoint() == endpoint && !lease.isOver())
                            .count())
                    .toList();
        }
    }
}
