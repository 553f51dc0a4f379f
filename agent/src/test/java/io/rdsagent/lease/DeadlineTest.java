package io.rdsagent.lease;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.given.Configured;
import io.rdsagent.given.RecordedEvents;
import io.rdsagent.given.VirtualTime;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class DeadlineTest {

    private static final long LOGIN = 1_893_456_000_000L;
    private static final long TOKEN = 15 * 60_000;

    private final VirtualTime time = new VirtualTime();

    @Property(tries = 500)
    void aFixedLifetimeEndsBetweenItsMarginAndTheShareOfItsJitterBefore(
            @ForAll @IntRange(min = 1, max = 100_000) int seconds,
            @ForAll @DoubleRange(max = 0.99) double marginShare,
            @ForAll @IntRange(max = 100) int jitter,
            @ForAll @DoubleRange(max = 1) double random,
            @ForAll @LongRange(max = 900_000) long tokenAge) {
        int margin = (int) (seconds * marginShare);
        DatabaseConfig config = Configured.database(
                "lifetime=" + seconds + "s;lifetime.margin=" + margin + "s;lifetime.jitter=" + jitter + "%");

        long deadline = deadline(config, random, tokenAge);

        long latest = LOGIN + 1000L * (seconds - margin);
        long least = LOGIN + 1000L * (seconds - margin) / 10;
        assertThat(deadline).isBetween(Math.max(latest - 10L * seconds * jitter - 1, least), latest);
    }

    @Property(tries = 500)
    void aLifetimeOfTheTokensCountsFromItsSigning(
            @ForAll @DoubleRange(max = 1) double random, @ForAll @LongRange(max = 900_000) long tokenAge) {
        long deadline = deadline(Configured.database("lifetime=token"), random, tokenAge);

        long latest = LOGIN - tokenAge + TOKEN - 60_000;
        long least = LOGIN + (TOKEN - 60_000) / 10;
        assertThat(deadline).isBetween(Math.max(latest - TOKEN / 10 - 1, least), Math.max(latest, least));
    }

    @Example
    void theJitterSpreadsOverAllOfItsShare() {
        DatabaseConfig config = Configured.database("lifetime=1000s;lifetime.margin=100s;lifetime.jitter=20%");

        assertThat(deadline(config, 0, 0)).isEqualTo(LOGIN + 900_000);
        assertThat(deadline(config, 0.5, 0)).isEqualTo(LOGIN + 800_000);
        assertThat(deadline(config, 1, 0)).isEqualTo(LOGIN + 700_000);
    }

    @Property(tries = 50)
    void withLifetimeOffThereIsNone(@ForAll @DoubleRange(max = 1) double random) {
        assertThat(deadline(Configured.database("lifetime=off"), random, 5)).isEqualTo(Lease.NEVER);
    }

    private long deadline(DatabaseConfig config, double random, long tokenAge) {
        RecordedEvents events = new RecordedEvents();
        Leases leases = new Leases(time, events);
        Spares spares = new Spares(leases, time, Runnable::run, events);
        return new Retirement(leases, spares, time, time.timer(), () -> random, any -> {}, events)
                .deadline(config, LOGIN, LOGIN - tokenAge);
    }
}
