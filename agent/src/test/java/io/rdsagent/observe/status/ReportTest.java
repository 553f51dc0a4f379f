package io.rdsagent.observe.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.event.Attempted;
import io.rdsagent.event.Attempted.Outcome;
import io.rdsagent.event.HealthChange.State;
import io.rdsagent.event.Reason;
import io.rdsagent.given.VirtualTime;
import io.rdsagent.observe.status.ConnectionStatus.Use;
import io.rdsagent.observe.status.EndpointStatus.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

class ReportTest {

    private final VirtualTime time = new VirtualTime();
    private final List<DatabaseStatus> databases = new ArrayList<>();
    private final List<String> troublesOfCredentials = new ArrayList<>();
    private final Readiness readiness = new Readiness(time, () -> troublesOfCredentials);
    private final Report report = new Report("1.0", time, () -> databases, readiness, new History(time));

    @Test
    void beforeADatabaseIsAskedForNothingIsWrong() {
        troublesOfCredentials.add("No AWS credentials.");

        assertThat(report.health(null).up).isTrue();
    }

    @Test
    void oneWantedEndpointThatServesIsEnough() {
        databases.add(database("orders", endpoint(State.DEAD, Part.WANTED), endpoint(State.SERVING, Part.WANTED)));

        assertThat(report.health(null).up).isTrue();
    }

    @Test
    void anEndpointThatServesAndIsNotWantedDoesNotCount() {
        databases.add(database("orders", endpoint(State.SILENT, Part.WANTED), endpoint(State.SERVING, Part.NONE)));

        assertThat(report.health(null).up).isFalse();
        assertThat(report.health(null).json).contains("No endpoint of orders answers.");
    }

    /** New connections still go there when there is nowhere else to go. */
    @Test
    void theOnlyEndpointDoesNotMakeItDownWhenItIsDrained() {
        databases.add(database("orders", endpoint(State.SERVING, Part.DRAINED)));

        assertThat(report.health(null).up).isTrue();
        assertThat(report.status()).contains("\"wanted\":false", "\"drained\":true");
    }

    /** A reader in the database of a writer's pool is not probed: what was known of it may be of yesterday. */
    @Test
    void theHealthOfAnEndpointThatNobodyAsksIsNotTold() {
        databases.add(database("orders", endpoint(State.SERVING, Part.WANTED), endpoint(State.SERVING, Part.NONE)));

        assertThat(report.status()).contains("\"health\":\"serving\"", "\"health\":\"unasked\"");
    }

    @Test
    void credentialsThatCanNotBeHadMakeItDown() {
        databases.add(database("orders", endpoint(State.SERVING, Part.WANTED)));
        troublesOfCredentials.add("No AWS credentials. Set them.");

        assertThat(report.health(null).up).isFalse();
        assertThat(report.health(null).json).contains("No AWS credentials. Set them.");
    }

    @Test
    void aRefusalMakesItDownUntilALoginSucceeds() {
        databases.add(database("orders", endpoint(State.SERVING, Part.WANTED)));

        readiness.attempted(attempt(Outcome.REFUSED));
        assertThat(report.health(null).up).isFalse();

        readiness.attempted(attempt(Outcome.SUCCESS));
        assertThat(report.health(null).up).isTrue();
    }

    @Test
    void aRefusalThatNobodyTriesAgainIsForgottenSoThatABalancerSendsRequestsAgain() {
        databases.add(database("orders", endpoint(State.SERVING, Part.WANTED)));
        readiness.attempted(attempt(Outcome.REFUSED));

        time.pass(Duration.ofSeconds(61));

        assertThat(report.health(null).up).isTrue();
    }

    @Test
    void oneDatabaseCanBeAskedForAlone() {
        databases.add(database("orders", endpoint(State.SERVING, Part.WANTED)));
        databases.add(database("reports", endpoint(State.DEAD, Part.WANTED)));

        assertThat(report.health("orders").up).isTrue();
        assertThat(report.health("reports").up).isFalse();
        assertThat(report.health(null).up).isFalse();
    }

    @Test
    void theStatusHoldsEveryConnectionWithItsDeadlineAndReason() {
        databases.add(new DatabaseStatus(
                "orders",
                "round-robin",
                Duration.ofMinutes(14),
                null,
                List.of(endpoint(State.SERVING, Part.WANTED)),
                List.of(new ConnectionStatus("db-1:5432", "HikariCP", Use.IN_USE, 10, 20, Reason.AGE))));

        JsonNode database = status().field("databases").orElseThrow().asArray().get(0);
        JsonNode connection =
                database.field("connections").orElseThrow().asArray().get(0);

        assertThat(text(connection, "use")).isEqualTo("in use");
        assertThat(text(connection, "past")).isEqualTo("age");
        assertThat(connection.field("deadline").orElseThrow().asNumber()).isEqualTo("20");
        assertThat(database.field("topologyAgeMillis").orElseThrow().isNull()).isTrue();
        assertThat(status().field("version").orElseThrow().asNumber()).isEqualTo("1");
    }

    @Test
    void ofVeryManyConnectionsSomeAreListedAndAllAreCounted() {
        ConnectionStatus one = new ConnectionStatus("db-1:5432", null, Use.UNKNOWN, 10, Long.MAX_VALUE, null);
        databases.add(new DatabaseStatus(
                "orders",
                "round-robin",
                null,
                null,
                List.of(endpoint(State.SERVING, Part.WANTED)),
                Collections.nCopies(20_000, one)));

        JsonNode database = status().field("databases").orElseThrow().asArray().get(0);

        assertThat(database.field("connections").orElseThrow().asArray()).hasSize(500);
        assertThat(database.field("connectionCount").orElseThrow().asNumber()).isEqualTo("20000");
    }

    private JsonNode status() {
        return JsonNode.parser().parse(report.status());
    }

    private static String text(JsonNode node, String name) {
        return node.field(name).orElseThrow().asString();
    }

    private static DatabaseStatus database(String name, EndpointStatus... endpoints) {
        return new DatabaseStatus(name, "round-robin", null, null, List.of(endpoints), List.of());
    }

    private static EndpointStatus endpoint(State state, Part part) {
        return new EndpointStatus("db-1:5432", null, state, part);
    }

    private static Attempted attempt(Outcome outcome) {
        return new Attempted("orders", "db-1:5432", outcome, Duration.ZERO, "The token was refused.");
    }
}
