package io.rdsagent.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** Whether all went as it must; a sentence for each thing that did not. */
final class Verdict {

    /** How far the readers' counts may be apart: a new connection is under way at any moment. */
    private static final long UNEVEN = 2;

    private final Facts facts;
    private final List<String> wrong = new ArrayList<>();

    private Verdict(Facts facts) {
        this.facts = facts;
    }

    /** Empty if nothing was wrong. */
    static List<String> of(Facts facts) {
        Verdict verdict = new Verdict(facts);
        verdict.application();
        verdict.logins();
        verdict.rotations();
        if (facts.outageIsOver() && !facts.history().isEmpty()) {
            verdict.readers(facts.outage().orElseThrow());
            verdict.writer(facts.outage().orElseThrow());
        } else {
            verdict.wrong.add(
                    "The application ended before a node was killed and came back, so nothing is known of that.");
        }
        return verdict.wrong;
    }

    private void application() {
        say(
                facts.app().figure("borrows") == 0,
                "The application did not work at all"
                        + facts.app().fatal().map(why -> ": " + why).orElse("."));
        say(facts.exitStatus() != 0, "The application ended with status " + facts.exitStatus() + ".");
        say(!facts.app().moneyIsRight(), "The money does not add up, or its books were never checked.");
        List<AppError> avoidable = facts.avoidable();
        say(
                !avoidable.isEmpty(),
                () -> "The application saw " + count(avoidable.size(), "error")
                        + " that it should have been spared, the first one at "
                        + avoidable.get(0).at() + ", "
                        + avoidable.get(0).kind());
    }

    private void logins() {
        say(facts.accepted().isEmpty(), "The servers let in no login with a token.");
        say(
                !facts.refused().isEmpty(),
                () -> "The servers refused " + count(facts.refused().size(), "login") + ", the first one: "
                        + facts.refused().get(0).detail());
    }

    private void rotations() {
        List<Duration> late = facts.sessions().late();
        say(
                !late.isEmpty(),
                () -> count(late.size(), "connection") + " lived for longer than "
                        + Text.seconds(facts.plan().lifetime()) + ", the oldest for "
                        + Text.seconds(late.stream().max(Duration::compareTo).orElseThrow()) + ".");
        say(facts.sessions().rotations() == 0, "No connection was rotated.");
    }

    private void readers(Outage outage) {
        // From then on each connection in the pool was made after the killed node's return.
        Instant settledAt = outage.backAt().plus(facts.plan().lifetime());
        even(
                "before the kill",
                facts.before(),
                node -> facts.sessions(node, facts.plan().killAt()));
        even("after the return", facts.after(), node -> facts.logins(node, settledAt, Instant.MAX));
        even(
                "at the end",
                facts.after(),
                node -> facts.sessions(node, facts.plan().seconds()));
    }

    private void writer(Outage outage) {
        String writer = facts.after().writer();
        say(
                facts.plan().victim() == Victim.WRITER && writer.equals(outage.node()),
                () -> "Nobody took the place of " + writer + ".");
        say(
                facts.sessions(writer, facts.plan().seconds()) == 0,
                () -> "The writer " + writer + " got no connections at the end.");
        say(
                facts.app().figure("transfers") <= outage.transfersUntilBack(),
                () -> "Nothing was written any more after " + outage.node() + " was back.");
    }

    private void even(String when, Roles roles, ToLongFunction<String> count) {
        List<Long> counts =
                roles.readers().stream().map(count::applyAsLong).sorted().toList();
        long least = counts.get(0);
        long most = counts.get(counts.size() - 1);
        say(least == 0, "A reader got no connections " + when + ".");
        say(
                least > 0 && most - least > UNEVEN,
                () -> "The readers were not used evenly " + when + ": from " + least + " to " + most + " connections.");
    }

    private void say(boolean isWrong, String sentence) {
        say(isWrong, () -> sentence);
    }

    private void say(boolean isWrong, Supplier<String> sentence) {
        if (isWrong) {
            wrong.add(sentence.get());
        }
    }

    private static String count(int number, String what) {
        return Text.count(number, what);
    }
}
