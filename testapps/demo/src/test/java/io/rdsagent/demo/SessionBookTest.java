package io.rdsagent.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A lifetime of 8 s with a margin of 1 s; all times are seconds after the session's start. */
class SessionBookTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Session.Id ID = new Session.Id("orders-2", 4711, START);

    private final SessionBook book = new SessionBook(Duration.ofSeconds(8), Duration.ofSeconds(1));

    @Test
    void aSessionThatGoesBeforeItsTimeWasRotated() {
        idle(7.6);
        gone(7.8);

        assertThat(book.rotations()).isEqualTo(1);
        assertThat(book.late()).isEmpty();
        assertThat(book.oldest()).isEqualTo(seconds(7.6));
    }

    @Test
    void anIdleSessionPastItsLifetimeIsLate() {
        idle(7.9);
        idle(8.1);

        assertThat(book.late()).containsExactly(seconds(8.1));
    }

    @Test
    void aBusySessionWithShortTransactionsIsLateAsWell() {
        inTransaction(7.9, 7.89);
        inTransaction(8.1, 8.09);

        assertThat(book.late()).containsExactly(seconds(8.1));
    }

    @Test
    void aLongTransactionThatCrossesTheEndIsLeftAlone() {
        inTransaction(7.0, 6.0);
        inTransaction(9.0, 6.0);
        idle(9.2);
        gone(9.4);

        assertThat(book.late()).isEmpty();
        assertThat(book.excused()).isEqualTo(1);
        assertThat(book.oldestExcused()).isEqualTo(seconds(9.2));
    }

    @Test
    void afterALongTransactionASessionHasToGoSoon() {
        inTransaction(9.0, 6.0);
        idle(10.1);

        assertThat(book.late()).containsExactly(seconds(10.1));
    }

    @Test
    void aTransactionMustNotBeginOnASessionThatIsDue() {
        inTransaction(8.5, 7.6);

        assertThat(book.late()).containsExactly(seconds(8.5));
    }

    @Test
    void whatDiesWithItsServerWasNotRotated() {
        idle(7.0);
        book.write(at(7.2), Map.of());

        assertThat(book.rotations()).isZero();
        assertThat(book.counts()).isEmpty();
    }

    @Test
    void whatEndsYoungWasClosedBySomebodyElse() {
        idle(1.0);
        gone(1.2);

        assertThat(book.rotations()).isZero();
    }

    @Test
    void anotherSessionOfTheSameProcessNumberIsAnotherOne() {
        idle(7.0);
        Session next = new Session(new Session.Id("orders-2", 4711, at(7.1)), at(7.2), Optional.empty());
        book.write(at(7.2), Map.of("orders-2", List.of(next)));

        assertThat(book.rotations()).isEqualTo(1);
        assertThat(book.counts()).containsExactly(Map.entry("orders-2", 1));
    }

    private void idle(double seenAt) {
        write(new Session(ID, at(seenAt), Optional.empty()));
    }

    private void inTransaction(double seenAt, double begunAt) {
        write(new Session(ID, at(seenAt), Optional.of(at(begunAt))));
    }

    private void gone(double lookAt) {
        book.write(at(lookAt), Map.of("orders-2", List.of()));
    }

    private void write(Session session) {
        book.write(session.seenAt(), Map.of("orders-2", List.of(session)));
    }

    private static Instant at(double seconds) {
        return START.plus(seconds(seconds));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
