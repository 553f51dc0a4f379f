package io.rdsagent.demo;

import io.rdsagent.localrds.Node;
import java.util.List;
import java.util.Map;

/** What came of it, in figures. */
final class Result {

    /** Where the columns of the chart begin. */
    private static final int CHART = 23;

    private final Screen screen;
    private final Facts facts;

    Result(Screen screen, Facts facts) {
        this.screen = screen;
        this.facts = facts;
    }

    void show(List<Node> nodes) {
        AppReport app = facts.app();
        screen.title("What came of it");
        row(
                "connections borrowed",
                Text.number(app.figure("borrows")),
                "the slowest took " + app.figure("slowest-borrow-ms") + " ms");
        row(
                "transactions",
                Text.number(app.money("confirmed")),
                app.figure("closings") + " of them " + facts.plan().closingSeconds() + " s long; besides, "
                        + Text.number(app.figure("reads")) + " reads");
        row(
                "errors of the kill",
                Text.number(facts.deaths().size()),
                "statements in flight on " + facts.outage().map(Outage::node).orElse("none") + " when it was killed");
        row("other errors", Text.number(facts.avoidable().size()), "");
        row(
                "logins accepted",
                Text.number(facts.accepted().size()),
                "by the servers, each with a token that they verified; the oldest was "
                        + Live.oldestToken(facts.accepted()).toSeconds() + " s old");
        row("logins refused", Text.number(facts.refused().size()), "");
        rotations(facts.sessions());
        row(
                "money",
                Text.money(app.money("total")),
                app.moneyIsRight()
                        ? "as at the start, and each confirmed transfer is in the ledger"
                        : "but it should be " + Text.money(app.money("expected")));
        chart(nodes);
    }

    private void rotations(SessionBook sessions) {
        row(
                "rotations",
                Text.number(sessions.rotations()),
                "the servers were asked " + Text.count(sessions.looks(), "time") + ", at most "
                        + Text.seconds(sessions.longestGap()) + " apart");
        row(
                "oldest connection",
                Text.seconds(sessions.oldest()),
                "of " + Text.seconds(facts.plan().lifetime()) + " that it may live");
        if (sessions.excused() > 0) {
            row(
                    "  in a transaction",
                    Text.seconds(sessions.oldestExcused()),
                    Text.count(sessions.excused(), "connection") + " left alone until a long transaction had ended");
        }
    }

    private void row(String name, String figure, String remark) {
        screen.line(String.format("  %-20s %12s   %s", name, figure, remark).stripTrailing());
    }

    private void chart(List<Node> nodes) {
        screen.blank();
        screen.line("  connections, a column for each second");
        for (Node node : nodes) {
            StringBuilder line = new StringBuilder(String.format("  %-20s ", node.name() + " " + role(node.name())));
            for (Map<String, Integer> second : facts.history()) {
                line.append(digit(second.getOrDefault(node.name(), 0)));
            }
            screen.line(line.toString());
        }
        facts.outage().filter(Outage::isOver).ifPresent(this::marks);
    }

    private String role(String node) {
        if (facts.before().equals(facts.after())) {
            return node.equals(facts.after().writer()) ? "writer" : "reader";
        }
        return node.equals(facts.before().writer())
                ? "was writer"
                : node.equals(facts.after().writer()) ? "is writer" : "reader";
    }

    private void marks(Outage outage) {
        Plan plan = facts.plan();
        int gone = plan.backAt() - plan.killAt();
        screen.line(mark(outage.node() + " killed ^", plan.killAt()) + String.format("%" + gone + "s", "^") + " back");
        if (plan.victim() == Victim.WRITER) {
            screen.line(mark(facts.after().writer() + " promoted ^", plan.promoteAt()));
        }
    }

    private static String mark(String text, int second) {
        return String.format("%" + (CHART + second + 1) + "s", text);
    }

    private static char digit(int count) {
        return count == 0 ? '.' : count > 9 ? '+' : Character.forDigit(count, 10);
    }
}
