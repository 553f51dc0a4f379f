package io.rdsagent.demo;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.localrds.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run that was right in all, with one thing changed in each test. */
class VerdictTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AppReport app = new AppReport(where -> where);
    private final SessionBook sessions = new SessionBook(Duration.ofSeconds(8), Duration.ofSeconds(1));
    private final List<Login> accepted = new ArrayList<>();
    private final List<Login> refused = new ArrayList<>();
    private final List<Map<String, Integer>> history = new ArrayList<>();
    private final Roles before = new Roles("orders-1", List.of("orders-2", "orders-3"));
    private int exitStatus;
    private Plan plan = Plan.of(40, Duration.ofSeconds(8), Victim.READER);
    private Roles after = before;
    private Outage outage = Outage.begins("orders-3", at(14)).over(at(20), 50);

    @BeforeEach
    void aRunThatWasRight() {
        app.read("end t=40 borrows=1000 transfers=100 errors=0");
        app.read("money total=5 expected=5 ledger=1 confirmed=1 right=true");
        look(7);
        sessions.write(at(7.2), Map.of("orders-1", List.of()));
        logins(6, "orders-2", 30);
        logins(5, "orders-3", 30);
        history.addAll(nCopies(40, Map.of("orders-1", 8, "orders-2", 4, "orders-3", 4)));
    }

    @Test
    void nothingIsSaidOfARunThatWasRight() {
        assertThat(verdict()).isEmpty();
    }

    @Test
    void whatWasInFlightOnTheKilledNodeMayFail() {
        error("08006", "orders-3", 14.1);

        assertThat(verdict()).isEmpty();
    }

    @Test
    void nothingElseMayFail() {
        error("08006", "orders-2", 14.1);
        error("08001", "none", 14.2);

        assertThat(verdict()).singleElement().asString().contains("saw 2 errors", "report on orders-2: SQLState 08006");
    }

    @Test
    void aLoginThatWasRefusedIsTold() {
        refused.add(login("orders-2", 5, io.rdsagent.localrds.Verdict.EXPIRED));

        assertThat(verdict()).singleElement().asString().contains("refused 1 login", "too old");
    }

    @Test
    void aConnectionThatLivedTooLongIsTold() {
        look(8.5);

        assertThat(verdict()).containsExactly("1 connection lived for longer than 8.0 s, the oldest for 8.5 s.");
    }

    @Test
    void aReaderThatGetsMoreThanItsShareIsTold() {
        logins(2, "orders-2", 35);

        assertThat(verdict())
                .containsExactly("The readers were not used evenly after the return: from 5 to 8 connections.");
    }

    @Test
    void connectionsHaveToFindTheWayBack() {
        atTheEnd(Map.of("orders-1", 8, "orders-2", 8));

        assertThat(verdict()).containsExactly("A reader got no connections at the end.");
    }

    @Test
    void aReaderThatNobodyUsedBeforeTheKillIsTold() {
        history.subList(0, 20).clear();
        history.addAll(0, nCopies(20, Map.of("orders-1", 8, "orders-2", 8)));

        assertThat(verdict()).containsExactly("A reader got no connections before the kill.");
    }

    @Test
    void aRunThatEndsEarlyProvesNothing() {
        outage = Outage.begins("orders-3", at(14));
        exitStatus = 137;

        assertThat(verdict())
                .hasSize(2)
                .contains("The application ended with status 137.")
                .last()
                .asString()
                .startsWith("The application ended before");
    }

    @Test
    void moneyThatDoesNotAddUpIsTold() {
        app.read("money total=4 expected=5 ledger=1 confirmed=1 right=false");

        assertThat(verdict()).singleElement().asString().contains("money");
    }

    @Test
    void nothingIsSaidOfAFailoverThatWasRight() {
        aFailover();
        error("08006", "orders-1", 14.1);

        assertThat(verdict()).isEmpty();
    }

    @Test
    void whoeverGoesOnGettingConnectionsToTheOldWriterIsTold() {
        aFailover();
        error("08006", "orders-1", 16);

        assertThat(verdict()).singleElement().asString().contains("saw 1 error that it should have been spared");
    }

    @Test
    void aNewWriterThatNobodyFindsIsTold() {
        aFailover();
        atTheEnd(Map.of("orders-1", 4, "orders-3", 4));

        assertThat(verdict()).containsExactly("The writer orders-2 got no connections at the end.");
    }

    @Test
    void aWriterThatNobodyReplacesIsTold() {
        aFailover();
        after = before;

        assertThat(verdict()).contains("Nobody took the place of orders-1.");
    }

    @Test
    void anApplicationThatWritesNoMoreIsTold() {
        aFailover();
        outage = outage.over(outage.backAt(), 100);

        assertThat(verdict()).containsExactly("Nothing was written any more after orders-1 was back.");
    }

    private void aFailover() {
        plan = Plan.of(40, Duration.ofSeconds(8), Victim.WRITER);
        outage = Outage.begins("orders-1", at(14)).over(at(20), 50);
        after = new Roles("orders-2", List.of("orders-1", "orders-3"));
        logins(5, "orders-1", 30);
        atTheEnd(Map.of("orders-1", 4, "orders-2", 8, "orders-3", 4));
    }

    private void atTheEnd(Map<String, Integer> sessions) {
        history.subList(20, 40).clear();
        history.addAll(nCopies(20, sessions));
    }

    private List<String> verdict() {
        return Verdict.of(new Facts(
                plan, exitStatus, app, sessions, accepted, refused, before, after, Optional.of(outage), history));
    }

    private void look(double age) {
        Session.Id id = new Session.Id("orders-1", 4711, START);
        sessions.write(at(age), Map.of("orders-1", List.of(new Session(id, at(age), Optional.empty()))));
    }

    private void error(String state, String node, double second) {
        app.read("error at=" + at(second).toEpochMilli() + " since="
                + at(second - 0.2).toEpochMilli() + " state=" + state + " on=" + node
                + " job=report message=gone");
    }

    private void logins(int number, String node, int second) {
        for (int i = 0; i < number; i++) {
            accepted.add(login(node, second, io.rdsagent.localrds.Verdict.ACCEPTED));
        }
    }

    private static Login login(String node, int second, io.rdsagent.localrds.Verdict verdict) {
        return new Login(at(second), node, "app", Optional.empty(), Duration.ofSeconds(1), verdict, "too old");
    }

    private static Instant at(double second) {
        return START.plusMillis(Math.round(second * 1000));
    }
}
