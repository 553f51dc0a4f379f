package io.rdsagent.observe.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.rdsagent.event.Activation;
import io.rdsagent.event.Attempted;
import io.rdsagent.event.Guarded;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.HeldBack;
import io.rdsagent.event.Login;
import io.rdsagent.event.Probed;
import io.rdsagent.event.Reason;
import io.rdsagent.event.Retired;
import io.rdsagent.event.Signed;
import io.rdsagent.event.Spare;
import io.rdsagent.given.VirtualTime;
import io.rdsagent.observe.status.ConnectionStatus;
import io.rdsagent.observe.status.ConnectionStatus.Use;
import io.rdsagent.observe.status.DatabaseStatus;
import io.rdsagent.observe.status.EndpointStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final VirtualTime time = new VirtualTime();
    private final List<DatabaseStatus> databases = new ArrayList<>();
    private final Meters meters = new Meters(() -> databases, () -> 7, time);
    private final MeterRegistry registry = meters.registry();

    @Test
    void everyMetricOfTheTableIsThereWithItsTagsAndNoOther() {
        everythingHappens();

        Set<String> names = registry.getMeters().stream()
                .map(meter -> meter.getId().getName())
                .collect(Collectors.toSet());
        assertThat(names)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Metric.values()).map(Metric::id).toList());
        for (Metric metric : Metric.values()) {
            for (Meter meter : registry.find(metric.id()).meters()) {
                assertThat(meter.getId().getTags().stream().map(Tag::getKey))
                        .as(metric.id())
                        .containsExactlyInAnyOrderElementsOf(metric.tags());
            }
        }
    }

    @Test
    void everyReasonIsACounterOfItsOwn() {
        for (Reason reason : Reason.values()) {
            meters.retired(retired(reason));
            meters.retired(retired(reason));
        }

        for (Reason reason : Reason.values()) {
            assertThat(registry.get("rdsagent.retirements")
                            .tag("reason", reason.toString())
                            .counter()
                            .count())
                    .isEqualTo(2);
        }
    }

    @Test
    void connectionsAreCountedByWhoHasThem() {
        databases.add(
                orders(connection(Use.IN_USE, null), connection(Use.IN_USE, Reason.AGE), connection(Use.IDLE, null)));
        meters.attempted(attempt(Attempted.Outcome.SUCCESS));

        assertThat(connections("in use")).isEqualTo(2);
        assertThat(connections("idle")).isEqualTo(1);
        assertThat(connections("unknown")).isZero();
        assertThat(registry.get("rdsagent.connections.past").gauge().value()).isEqualTo(1);
    }

    @Test
    void anEndpointThatIsThereNoMoreIsNotUp() {
        databases.add(orders());
        meters.probed(new Probed("orders", "db-1:5432", true, Duration.ZERO));
        assertThat(registry.get("rdsagent.endpoint.up").gauge().value()).isEqualTo(1);

        databases.clear();
        time.pass(Duration.ofSeconds(2));

        // And no NaN, which a sum over the endpoints of a database would not survive.
        assertThat(registry.get("rdsagent.endpoint.up").gauge().value()).isZero();
    }

    @Test
    void anEndpointThatServesWithoutTheRoleThatIsWantedIsNotUp() {
        meters.probed(new Probed("orders", "db-1:5432", true, Duration.ZERO));
        databases.add(orders(
                new EndpointStatus("db-1:5432", "reader", HealthChange.State.SERVING, EndpointStatus.Part.NONE)));

        assertThat(registry.get("rdsagent.endpoint.up").gauge().value()).isZero();
    }

    @Test
    void endpointsThatComeAndGoForEverMakeNoMoreAndMoreGauges() {
        for (int i = 0; i < 2_000; i++) {
            meters.probed(new Probed("orders", "db-" + i + ":5432", true, Duration.ZERO));
        }

        assertThat(registry.find("rdsagent.endpoint.up").gauges()).hasSize(500);
    }

    @Test
    void prometheusGetsEachFamilyOnceWithItsTypeBeforeItsSamples() {
        everythingHappens();

        String text = new PrometheusText(registry).toString();

        assertThat(text)
                .contains(
                        "# TYPE rdsagent_connects_seconds summary\nrdsagent_connects_seconds_count{database=\"orders\","
                                + "endpoint=\"db-1:5432\",outcome=\"success\"} 1\n",
                        "rdsagent_connects_seconds_sum{",
                        "# TYPE rdsagent_connects_seconds_max gauge\n",
                        "# TYPE rdsagent_retirements_total counter\nrdsagent_retirements_total{database=\"orders\","
                                + "endpoint=\"db-1:5432\",reason=\"age\"} 1\n",
                        "rdsagent_topology_age_seconds{database=\"orders\"} NaN\n",
                        "rdsagent_observations_lost_total 7\n")
                .endsWith("\n");
        assertThat(text.lines().filter(line -> line.startsWith("# TYPE"))).doesNotHaveDuplicates();
        assertThat(text.lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z_]+(\\{[a-z]+=\"[^\"]*\"(,[a-z]+=\"[^\"]*\")*})? (NaN|[0-9.E-]+)"));
    }

    @Test
    void prometheusGetsNamesThatWouldEndAStringOrALineEscaped() {
        meters.heldBack(new HeldBack("a\"b\\c\nd", "db-1:5432"));

        assertThat(new PrometheusText(registry).toString()).contains("database=\"a\\\"b\\\\c\\nd\"");
    }

    private void everythingHappens() {
        databases.add(orders(connection(Use.IDLE, null)));
        meters.activated(new Activation("orders", "db-1:5432", "round-robin", null, 0));
        meters.attempted(attempt(Attempted.Outcome.SUCCESS));
        meters.login(new Login(
                "orders",
                "db-1:5432",
                "db-1:5432",
                "app",
                "a driver",
                "the test",
                Duration.ofSeconds(3),
                Duration.ZERO));
        meters.signed(new Signed(true, Duration.ofMillis(1), Duration.ofMillis(2)));
        meters.retired(retired(Reason.AGE));
        meters.guarded(new Guarded("orders", "db-1:5432", Reason.AGE));
        meters.heldBack(new HeldBack("orders", "db-1:5432"));
        meters.spare(new Spare("orders", null, Spare.Fate.NOT_OPENED, "why"));
        meters.probed(new Probed("orders", "db-1:5432", false, Duration.ZERO));
        meters.health(new HealthChange("orders", "db-1:5432", HealthChange.State.SILENT, true, "refused"));
    }

    private double connections(String state) {
        return registry.get("rdsagent.connections").tag("state", state).gauge().value();
    }

    private static Attempted attempt(Attempted.Outcome outcome) {
        return new Attempted("orders", "db-1:5432", outcome, Duration.ofMillis(20), null);
    }

    private static Retired retired(Reason reason) {
        return new Retired("orders", "db-1:5432", reason, Duration.ofMinutes(14), Duration.ofMillis(30));
    }

    private static DatabaseStatus orders(ConnectionStatus... connections) {
        return orders(
                new EndpointStatus("db-1:5432", null, HealthChange.State.SERVING, EndpointStatus.Part.WANTED),
                connections);
    }

    private static DatabaseStatus orders(EndpointStatus endpoint, ConnectionStatus... connections) {
        return new DatabaseStatus("orders", "round-robin", null, null, List.of(endpoint), List.of(connections));
    }

    private static ConnectionStatus connection(Use use, Reason past) {
        return new ConnectionStatus("db-1:5432", "HikariCP", use, 0, Long.MAX_VALUE, past);
    }
}
