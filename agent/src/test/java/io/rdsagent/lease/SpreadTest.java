package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.given.Configured;
import io.rdsagent.given.FakeConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A pool that was filled at once, through the rounds of rotation that follow, at the agent's defaults. */
class SpreadTest extends Retiring {

    private static final int SIZE = 100;
    private static final Path PAGE = Path.of("../src/site/markdown/performance.md");

    private final List<Long> logins = new ArrayList<>();
    private final List<Object> referred = new ArrayList<>();
    private final Recipe recipe = this::login;
    private final long start = time.millis();

    @Test
    void afterAStartWithAHundredConnectionsAtOnceTheLoginsOfLaterRoundsAreSpread() throws Exception {
        random = new Random(4)::nextDouble;
        database = Configured.orders(Configured.database("iam=auto"), endpoint);
        for (int i = 0; i < SIZE; i++) {
            connect();
        }

        time.advance(Duration.ofMinutes(43));

        assertThat(logins).as("three more rounds").hasSizeBetween(4 * SIZE, 4 * SIZE + 2);
        assertThat(busiestSecond(SIZE, logins.size()))
                .as("a twentieth of the pool")
                .isLessThanOrEqualTo(5);
        assertThat(Files.readString(PAGE))
                .as("the manual shows this:\n" + histogram())
                .contains(histogram());
    }

    /** As a pool does it: at once, with what is ready or by a login of its own. */
    private void connect() {
        Connection ready = spares.take(recipe);
        Connection physical = ready == null ? login() : ready;
        Object entry = new Object();
        referred.add(physical);
        referred.add(entry);
        leases.hold(physical, entry, new Pooled(physical));
    }

    private Connection login() {
        logins.add(time.millis());
        Connection physical = new FakeConnection().physical();
        Lease lease = new Lease(
                physical,
                database,
                endpoint,
                time.millis(),
                retirement.deadline(database.config(), time.millis(), time.millis()));
        lease.madeBy(recipe);
        retirement.begin(physical, lease);
        return physical;
    }

    private final class Pooled implements Holder {

        private final Connection physical;

        Pooled(Connection physical) {
            this.physical = physical;
        }

        @Override
        public Object pool() {
            return pool;
        }

        @Override
        public String description() {
            return "a pool, for the test";
        }

        @Override
        public void retire(Consumer<Throwable> failed) {
            try {
                if (!physical.isClosed()) {
                    physical.close();
                    connect();
                }
            } catch (java.sql.SQLException impossible) {
                failed.accept(impossible);
            }
        }

        @Override
        public long lastUse() {
            return time.millis();
        }
    }

    private int busiestSecond(int from, int to) {
        Map<Long, Integer> seconds = new HashMap<>();
        logins.subList(from, to).forEach(at -> seconds.merge((at - start) / 1000, 1, Integer::sum));
        return seconds.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Logins in each half of a minute that has any. */
    private String histogram() {
        Map<Long, Integer> halves = new TreeMap<>();
        logins.forEach(at -> halves.merge((at - start) / 30_000, 1, Integer::sum));
        StringBuilder text = new StringBuilder();
        halves.forEach((half, count) -> text.append(
                "    %5s %4d %s%n".formatted("%d:%02d".formatted(half / 2, half % 2 * 30), count, "#".repeat(count))));
        return text.toString();
    }
}
