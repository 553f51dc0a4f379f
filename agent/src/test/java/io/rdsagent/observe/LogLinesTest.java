package io.rdsagent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.LogFormat;
import io.rdsagent.config.LogLevel;
import io.rdsagent.event.Cause;
import io.rdsagent.event.Circumstances;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.Login;
import io.rdsagent.event.Notice;
import io.rdsagent.event.Pooled;
import io.rdsagent.event.Reason;
import io.rdsagent.event.Retired;
import io.rdsagent.event.Spare;
import io.rdsagent.event.Stayed;
import io.rdsagent.given.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LogLinesTest {

    private final VirtualTime time = new VirtualTime();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);

    @AfterEach
    void noLineSaysNull() {
        assertThat(lines()).noneMatch(line -> line.contains("null"));
    }

    @Test
    void theFirstLoginOfADatabaseIsSaidAndTheOthersAtDebugAlone() {
        LogLines lines = lines(LogLevel.INFO);

        lines.login(login("app", "the test", "db-1:5432"));
        lines.login(login("app", "the test", "db-1:5432"));

        assertThat(lines())
                .containsExactly("2030-01-01T00:00:00Z rds-jdbc-agent INFO orders: active. Logged in as app to"
                        + " db-1:5432, with an IAM token signed by the test, by a driver 1.2.");
    }

    @Test
    void atDebugEachLoginIsSaidWithTheAgeOfItsToken() {
        LogLines lines = lines(LogLevel.DEBUG);

        lines.login(login("app", "the test", "db-1:5432"));
        lines.login(login("app", "the test", "10.0.0.1:6000"));

        assertThat(lines().get(1))
                .endsWith("DEBUG orders: login as app to db-1:5432 (dialled at 10.0.0.1:6000) in 12 ms,"
                        + " token 90 s old.");
    }

    @Test
    void aLoginWithoutIamSaysSo() {
        LogLines lines = lines(LogLevel.DEBUG);

        lines.login(login("app", null, "db-1:5432"));
        lines.login(login("app", null, "db-1:5432"));

        assertThat(lines().get(0)).contains("with the application's own password");
        assertThat(lines().get(1)).doesNotContain("token");
    }

    @Test
    void aUserThatTheDriverChoseIsSaidToBeThat() {
        LogLines lines = lines(LogLevel.DEBUG);

        lines.login(login(null, null, "db-1:5432"));
        lines.login(login(null, null, "db-1:5432"));
        lines.failedLogin(new FailedLogin(
                "orders",
                "db-1:5432",
                "db-1:5432",
                null,
                null,
                "no way",
                Cause.OTHER,
                "It is down.",
                null,
                null,
                Circumstances.UNSEEN));

        assertThat(lines()).hasSize(3).allMatch(line -> line.contains("as the driver's default user to"));
    }

    @Test
    void aFailedLoginThatIsWaitedAfterSaysForHowLong() {
        lines(LogLevel.WARN).failedLogin(failure("08001", null, Duration.ofMillis(27_500)));

        assertThat(lines())
                .singleElement()
                .asString()
                .contains("so the application waits for one, up to 27 s more (`failover.wait`).")
                .doesNotContain("SQLException");
    }

    @Test
    void aFailedLoginSaysWhatFollows() {
        LogLines lines = lines(LogLevel.WARN);

        lines.failedLogin(failure("08001", "db-2:5432"));
        lines.failedLogin(failure("28000", null));

        assertThat(lines().get(0))
                .endsWith("WARN orders: no login as app to 10.0.0.1:6000 (signed for db-1:5432), SQLState 08001,"
                        + " cause hung-up. It is down. Trying db-2:5432 now. [from 10.0.0.7:40001 to 10.0.0.1:6000;"
                        + " TLSv1.3 TLS_AES_256_GCM_SHA384; certificate of db-1; token 3 s old, signed in eu-west-1 by"
                        + " role shop]");
        assertThat(lines().get(1)).contains("The application got an SQLException. [");
    }

    @Test
    void failuresLikeItAreFoldedForAMinuteAndThenCounted() {
        LogLines lines = lines(LogLevel.WARN);

        for (int i = 0; i < 5; i++) {
            lines.failedLogin(failure("08001", null));
        }
        assertThat(lines()).hasSize(1);
        time.advance(Duration.ofMinutes(1));
        lines.failedLogin(failure("08001", null));

        assertThat(lines()).hasSize(2);
        assertThat(lines().get(1)).contains("(4 more in 60 s.)");
    }

    @Test
    void aPoolIsSaidOnceForEachDatabaseWithItsDriverAndIdentity() {
        LogLines lines = lines(LogLevel.INFO);

        lines.login(login("app", "the test", "db-1:5432"));
        lines.pooled(pooled("orders", 1));
        lines.pooled(pooled("orders", 1));
        lines.pooled(pooled("orders", 2));
        lines.pooled(pooled("stock", 1));

        assertThat(lines()).hasSize(4);
        assertThat(lines().get(1))
                .endsWith(
                        "INFO orders: its connections are retired by HikariCP (predicate, pool 1). To db-1:5432 as app,"
                                + " with an IAM token signed by the test, by a driver 1.2.");
        assertThat(lines().get(2)).contains("(predicate, pool 2)");
        assertThat(lines().get(3))
                .endsWith("INFO stock: its connections are retired by HikariCP (predicate, pool 1). To db-1:5432.");
    }

    @Test
    void forAProgramALineIsAnObjectWithTheSameAndMore() {
        LogLines lines = new LogLines(new Log(out, LogLevel.INFO, LogFormat.JSON, time), time);

        lines.failedLogin(failure("08001", null));
        lines.notice(Notice.warning("a \"quoted\"\nword"));

        assertThat(lines().get(0))
                .startsWith("{\"time\":\"2030-01-01T00:00:00Z\",\"logger\":\"rds-jdbc-agent\",\"level\":\"WARN\","
                        + "\"event\":\"failed-login\",\"message\":\"orders: no login as app")
                .contains("\"cause\":\"hung-up\"", "\"from\":\"10.0.0.7:40001\"", "\"tokenAgeSeconds\":3")
                .endsWith("\"folded\":0}");
        assertThat(lines().get(1)).endsWith("\"event\":\"notice\",\"message\":\"a \\\"quoted\\\"\\nword\"}");
    }

    @Test
    void aRetirementIsSaidAtDebug() {
        lines(LogLevel.DEBUG)
                .retired(
                        new Retired("orders", "db-1:5432", Reason.AGE, Duration.ofMinutes(14), Duration.ofMillis(120)));

        assertThat(lines().get(0))
                .endsWith("DEBUG orders: a connection to db-1:5432 was retired, reason age, 840 s after its login,"
                        + " 120 ms after its time.");
    }

    @Test
    void whatBecomesOfASpareIsSaidAtDebug() {
        lines(LogLevel.INFO).spare(new Spare("orders", "db-1:5432", Spare.Fate.OPENED, null));
        assertThat(lines()).isEmpty();

        LogLines debug = lines(LogLevel.DEBUG);
        debug.spare(new Spare("orders", "db-1:5432", Spare.Fate.OPENED, null));
        debug.spare(new Spare("orders", "db-1:5432", Spare.Fate.TAKEN, null));
        debug.spare(new Spare("orders", "db-1:5432", Spare.Fate.CLOSED, "nobody came for it"));
        debug.spare(new Spare("orders", null, Spare.Fate.NOT_OPENED, "too many connections"));

        assertThat(lines().get(0)).endsWith("orders: a spare connection to db-1:5432 was opened ahead of need.");
        assertThat(lines().get(1)).endsWith("orders: a spare connection to db-1:5432 was given to a connect.");
        assertThat(lines().get(2))
                .endsWith("orders: a spare connection to db-1:5432 was closed unused, since nobody came for it.");
        assertThat(lines().get(3))
                .endsWith(
                        "orders: a spare connection could not be opened (whoever needs one connects as ever), since too"
                                + " many connections.");
    }

    @Test
    void whyAConnectionStayedInItsPoolIsSaidAtDebug() {
        Exception why = new InvocationTargetException(new IllegalStateException("the pool is closed"));
        lines(LogLevel.INFO).stayed(new Stayed("orders", "HikariCP's own lifetime check", why));
        lines(LogLevel.DEBUG).stayed(new Stayed("orders", "HikariCP's own lifetime check", why));

        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0))
                .contains("DEBUG orders: an idle connection that is past its time stays in its pool")
                .contains("HikariCP's own lifetime check: java.lang.reflect.InvocationTargetException")
                .contains("caused by java.lang.IllegalStateException: the pool is closed");
    }

    @Test
    void healthIsSaidBothWays() {
        LogLines lines = lines(LogLevel.INFO);

        lines.health(new HealthChange("orders", "db-1:5432", HealthChange.State.SILENT, true, "connection refused"));
        lines.health(new HealthChange("orders", "db-1:5432", HealthChange.State.SERVING, true, "a probe was answered"));

        assertThat(lines().get(0)).contains("WARN orders: db-1:5432 gives no sign of life (connection refused)");
        assertThat(lines().get(1)).contains("INFO orders: db-1:5432 serves again (a probe was answered)");
    }

    @Test
    void nothingBelowTheLevelIsSaid() {
        LogLines lines = lines(LogLevel.WARN);

        lines.login(login("app", "the test", "db-1:5432"));
        lines.pooled(pooled("orders", 1));
        lines.retired(new Retired("orders", "db-1:5432", Reason.AGE, Duration.ZERO, Duration.ZERO));
        lines.health(new HealthChange("orders", "db-1:5432", HealthChange.State.SERVING, true, "a probe was answered"));
        lines.notice(Notice.info("by the way"));

        assertThat(lines()).isEmpty();
        lines.notice(Notice.warning("look out"));
        assertThat(lines()).containsExactly("2030-01-01T00:00:00Z rds-jdbc-agent WARN look out");
    }

    private LogLines lines(LogLevel level) {
        return new LogLines(new Log(out, level, time), time);
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static Login login(String user, String identity, String dialled) {
        return new Login(
                "orders",
                "db-1:5432",
                dialled,
                user,
                "a driver 1.2",
                identity,
                identity == null ? null : Duration.ofSeconds(90),
                Duration.ofMillis(12));
    }

    private static Pooled pooled(String database, int number) {
        return new Pooled(database, "HikariCP", "predicate", "db-1:5432", number);
    }

    private static FailedLogin failure(String state, String next) {
        return failure(state, next, null);
    }

    private static FailedLogin failure(String state, String next, Duration wait) {
        return new FailedLogin(
                "orders",
                "db-1:5432",
                "10.0.0.1:6000",
                "app",
                state,
                "no way",
                Cause.HUNG_UP,
                "It is down.",
                next,
                wait,
                new Circumstances(
                        "10.0.0.7:40001",
                        "10.0.0.1:6000",
                        "TLSv1.3 TLS_AES_256_GCM_SHA384",
                        "db-1",
                        Duration.ofSeconds(3),
                        "role shop",
                        "eu-west-1"));
    }
}
