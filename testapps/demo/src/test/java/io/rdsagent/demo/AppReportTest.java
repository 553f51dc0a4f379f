package io.rdsagent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AppReportTest {

    private static final Instant KILL = Instant.parse("2026-01-01T00:00:00Z");

    private final AppReport report = new AppReport(where -> where.startsWith("127.0.0.13:") ? "orders-3" : where);

    @Test
    void theLastFiguresCount() {
        report.read("stats t=1 borrows=10 errors=0");

        assertThat(report.read("stats t=2 borrows=25 errors=1")).isEqualTo("stats");
        assertThat(report.figure("borrows")).isEqualTo(25);
        assertThat(report.figure("unheard-of")).isZero();
    }

    @Test
    void anErrorNamesItsNodeAndKeepsItsMessageWhole() {
        report.read(
                "error at=1767225600500 since=1767225599900 state=08006 on=127.0.0.13:5432 job=report message=An I/O error at=once");

        assertThat(report.errors())
                .containsExactly(new AppError(
                        KILL.plusMillis(500),
                        KILL.minusMillis(100),
                        "08006",
                        "orders-3",
                        "report",
                        "An I/O error at=once"));
    }

    @Test
    void booksThatWereNeverCheckedAreNotRight() {
        assertThat(report.moneyIsRight()).isFalse();
        report.read("money total=5 expected=5 ledger=1 confirmed=1 right=true");
        assertThat(report.moneyIsRight()).isTrue();
        report.read("money total=4 expected=5 ledger=1 confirmed=1 right=false");
        assertThat(report.moneyIsRight()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "08006, orders-3, -200,  100, true",
        "57P01, orders-3, -200, 2900, true",
        "08006, orders-3, -200, 3000, false",
        "08006, orders-3, -200,   -1, false",
        "08006, orders-2, -200,  100, false",
        "08001, none,     -200,  100, false",
        "40001, orders-3, -200,  100, false",
        "08006, orders-3,  900, 1100, true",
        "08006, orders-3, 1000, 1100, false",
    })
    void onlyAStatementInFlightOnTheKilledNodeMayFail(
            String state, String node, long since, long millis, boolean allowed) {
        AppError error = new AppError(KILL.plusMillis(millis), KILL.plusMillis(since), state, node, "report", "gone");

        assertThat(error.isDeathOf("orders-3", KILL)).isEqualTo(allowed);
    }
}
