package io.rdsagent.observe.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.event.Cause;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.Notice;
import io.rdsagent.event.Reason;
import io.rdsagent.event.Retired;
import io.rdsagent.given.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

class HistoryTest {

    private final VirtualTime time = new VirtualTime();
    private final History history = new History(time);

    @Test
    void theSameFailureAgainIsOneLineThatSaysHowOften() {
        history.failedLogin(failure("The token is too old."));
        time.pass(Duration.ofSeconds(5));
        history.failedLogin(failure("The token is too old."));
        history.failedLogin(failure("Nobody listens."));

        assertThat(lines().map(line -> line.field("times").orElseThrow().asNumber()))
                .containsExactly("2", "1");
        assertThat(total("failedLogins")).isEqualTo(3);
    }

    @Test
    void theSameFailureMuchLaterIsALineOfItsOwn() {
        history.failedLogin(failure("Nobody listens."));
        time.pass(Duration.ofSeconds(61));
        history.failedLogin(failure("Nobody listens."));

        assertThat(lines()).hasSize(2);
    }

    @Test
    void eachDeathAndReturnIsALineOfItsOwn() {
        for (int i = 0; i < 2; i++) {
            history.health(change(HealthChange.State.SILENT));
            history.health(change(HealthChange.State.DEAD));
            history.health(change(HealthChange.State.SERVING));
        }

        assertThat(lines().map(line -> line.field("kind").orElseThrow().asString()))
                .containsExactly("down", "dead", "up", "down", "dead", "up");
    }

    @Test
    void rotationIsCountedAndEveryOtherRetirementIsALineToo() {
        history.retired(retired(Reason.AGE));
        history.retired(retired(Reason.IDLE));
        history.retired(retired(Reason.ROLE_LOST));

        assertThat(total("rotations")).isEqualTo(2);
        assertThat(total("otherRetirements")).isEqualTo(1);
        assertThat(lines().map(line -> line.field("text").orElseThrow().asString()))
                .containsExactly("a connection has left: role lost");
    }

    @Test
    void warningsAreLinesAndWhatIsOnlySaidIsNot() {
        history.notice(Notice.info("all is well"));
        history.notice(Notice.warning("status.port is taken"));

        assertThat(lines().map(line -> line.field("text").orElseThrow().asString()))
                .containsExactly("status.port is taken");
    }

    @Test
    void howeverMuchHappensTheLastHundredLinesAreKept() {
        for (int i = 0; i < 1_000; i++) {
            history.notice(Notice.warning("line " + i));
        }

        assertThat(lines().map(line -> line.field("text").orElseThrow().asString()))
                .hasSize(100)
                .endsWith("line 999");
    }

    private static FailedLogin failure(String diagnosis) {
        return new FailedLogin(
                "orders",
                "db-1:5432",
                "db-1:5432",
                "app",
                "28000",
                null,
                Cause.TOKEN_REFUSED,
                diagnosis,
                null,
                null,
                null);
    }

    private static HealthChange change(HealthChange.State state) {
        return new HealthChange("orders", "db-1:5432", state, true, "connection refused");
    }

    private static Retired retired(Reason reason) {
        return new Retired("orders", "db-1:5432", reason, Duration.ofMinutes(14), Duration.ZERO);
    }

    private Stream<JsonNode> lines() {
        return written().field("happenings").orElseThrow().asArray().stream();
    }

    private int total(String name) {
        List<JsonNode> counts = written()
                .field("timeline")
                .orElseThrow()
                .field(name)
                .orElseThrow()
                .asArray();
        return counts.stream()
                .mapToInt(count -> Integer.parseInt(count.asNumber()))
                .sum();
    }

    private JsonNode written() {
        return JsonNode.parser().parse(history.json().toString());
    }
}
