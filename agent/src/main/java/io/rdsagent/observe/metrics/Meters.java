package io.rdsagent.observe.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.rdsagent.event.Activation;
import io.rdsagent.event.Attempted;
import io.rdsagent.event.Events;
import io.rdsagent.event.Guarded;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.HeldBack;
import io.rdsagent.event.Login;
import io.rdsagent.event.Probed;
import io.rdsagent.event.Retired;
import io.rdsagent.event.Signed;
import io.rdsagent.event.Spare;
import io.rdsagent.event.TopologyChange;
import io.rdsagent.observe.status.ConnectionStatus.Use;
import io.rdsagent.observe.status.DatabaseStatus;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What happened, as figures. On one thread alone. */
public final class Meters implements Events {

    /** Endpoints come and go with the topology; more than these are no use to anybody's dashboard. */
    private static final int MOST_ENDPOINTS = 500;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Tally tally;
    private final Set<String> known = new HashSet<>();
    private final LongSupplier lost;

    /** @param lost what {@link Metric#LOST} counts */
    public Meters(Supplier<List<DatabaseStatus>> databases, LongSupplier lost, Clock clock) {
        this.tally = new Tally(databases, clock);
        this.lost = lost;
        FunctionCounter.builder(Metric.LOST.id(), this, meters -> (double) meters.lost.getAsLong())
                .description(Metric.LOST.meaning())
                .register(registry);
    }

    public MeterRegistry registry() {
        return registry;
    }

    @Override
    public void activated(Activation activation) {
        gauge(Metric.TOPOLOGY_AGE, now -> now.topologyAge(activation.database), activation.database);
    }

    @Override
    public void attempted(Attempted attempt) {
        endpoint(attempt.database, attempt.endpoint);
        timer(Metric.CONNECTS, attempt.database, attempt.endpoint, attempt.outcome.toString())
                .record(attempt.took);
    }

    @Override
    public void login(Login login) {
        if (login.tokenAge != null) {
            timer(Metric.TOKEN_AGE, login.database).record(login.tokenAge);
        }
    }

    @Override
    public void signed(Signed signature) {
        boolean hadCredentials = signature.signing != null;
        timer(Metric.CREDENTIALS, outcome(hadCredentials)).record(signature.credentials);
        if (hadCredentials) {
            timer(Metric.SIGNING, outcome(signature.success)).record(signature.signing);
        }
    }

    private static String outcome(boolean success) {
        return success ? "success" : "failure";
    }

    @Override
    public void retired(Retired retired) {
        String reason = retired.reason.toString();
        counter(Metric.RETIREMENTS, retired.database, retired.endpoint, reason).increment();
        timer(Metric.RETIREMENT_LAG, retired.database, reason).record(retired.lag);
    }

    @Override
    public void guarded(Guarded guarded) {
        counter(Metric.GUARD_HITS, guarded.database, guarded.endpoint, guarded.reason.toString())
                .increment();
    }

    @Override
    public void heldBack(HeldBack held) {
        counter(Metric.HELD_BACK, held.database, held.endpoint).increment();
    }

    @Override
    public void spare(Spare spare) {
        String fate = spare.fate.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        counter(Metric.SPARES, spare.database, fate).increment();
    }

    @Override
    public void probed(Probed probe) {
        endpoint(probe.database, probe.endpoint);
        timer(Metric.PROBES, probe.database, probe.endpoint, probe.answered ? "answered" : "silent")
                .record(probe.took);
    }

    @Override
    public void health(HealthChange change) {
        if (change.state == HealthChange.State.SILENT && change.alternative) {
            counter(Metric.FAILOVERS, change.database, change.endpoint).increment();
        }
    }

    @Override
    public void topology(TopologyChange change) {
        if (change.writer != null) {
            counter(Metric.FAILOVERS, change.database, change.writer).increment();
        }
    }

    /** The gauges of an endpoint that was not heard of before. */
    private void endpoint(String database, String endpoint) {
        if (known.size() >= MOST_ENDPOINTS || !known.add(database + '\n' + endpoint)) {
            return;
        }
        for (Use use : Use.values()) {
            gauge(
                    Metric.CONNECTIONS,
                    now -> now.connections(database, endpoint, use),
                    database,
                    endpoint,
                    use.toString());
        }
        gauge(Metric.CONNECTIONS_PAST, now -> now.past(database, endpoint), database, endpoint);
        gauge(Metric.ENDPOINT_UP, now -> now.up(database, endpoint), database, endpoint);
    }

    private void gauge(Metric metric, ToDoubleFunction<Tally> value, String... tags) {
        Gauge.builder(metric.id(), tally, value)
                .description(metric.meaning())
                .baseUnit(metric.baseUnit())
                .tags(tags(metric, tags))
                .register(registry);
    }

    private Timer timer(Metric metric, String... tags) {
        return Timer.builder(metric.id())
                .description(metric.meaning())
                .tags(tags(metric, tags))
                .register(registry);
    }

    private Counter counter(Metric metric, String... tags) {
        return Counter.builder(metric.id())
                .description(metric.meaning())
                .baseUnit(metric.baseUnit())
                .tags(tags(metric, tags))
                .register(registry);
    }

    private static Tags tags(Metric metric, String... values) {
        Tags tags = Tags.empty();
        for (int i = 0; i < values.length; i++) {
            tags = tags.and(metric.tags().get(i), values[i]);
        }
        return tags;
    }
}
