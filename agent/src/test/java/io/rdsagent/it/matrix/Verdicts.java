package io.rdsagent.it.matrix;

import io.rdsagent.it.matrix.Dialogue.Outcome;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.util.Optional;

/** Whether a way was taken as it is meant to be: by what the program, the agent and the server have to say of it. */
final class Verdicts {

    private Verdicts() {}

    /** Why it was not; empty if it was. */
    static Optional<String> whyNot(TestedDriver driver, Way way, Outcome outcome) {
        if (outcome.leaked()) {
            return Optional.of("A token or a password was printed.");
        }
        return Optional.ofNullable(way.isRefused() ? whyNotRefused(outcome) : whyNotTaken(driver, way, outcome))
                .map(Verdicts::withoutNames);
    }

    private static String whyNotRefused(Outcome outcome) {
        if (outcome.isOk()) {
            return "It was let in.";
        }
        if (!outcome.logins().isEmpty()) {
            return "A token was sent.";
        }
        return outcome.detail().startsWith("08") ? null : outcome.detail();
    }

    private static String whyNotTaken(TestedDriver driver, Way way, Outcome outcome) {
        if (!outcome.isOk()) {
            return outcome.detail();
        }
        Optional<Login> refused = outcome.logins().stream()
                .filter(login -> login.verdict() != Verdict.ACCEPTED)
                .findFirst();
        if (refused.isPresent()) {
            return "The server has refused a login: " + refused.get().detail();
        }
        int wanted = way.logins(driver);
        int seen = outcome.logins().size();
        return seen < wanted ? "The server has seen " + seen + " login(s) with a token, not " + wanted + "." : null;
    }

    /** What works; with what the agent warns of, if it does. */
    static Cell works(TestedDriver driver, Way way, Outcome outcome) {
        Optional<String> warning = outcome.warnings().stream()
                .map(line -> line.replaceFirst("^.* rds-jdbc-agent WARN ", ""))
                .filter(text -> !way.warns() && !text.startsWith(Stage.DEAD + ": "))
                .findFirst();
        if (warning.isPresent()) {
            return Cell.degraded(withoutNames(warning.get()));
        }
        if (way == Way.AUTO_RECONNECT || outcome.detail().startsWith("in one phase")) {
            // The hint is worded otherwise by each version of PostgreSQL.
            return Cell.ok(outcome.detail().replaceFirst(" Hint: .*", ""));
        }
        return way.calledOtherwise(driver).map(Cell::ok).orElseGet(Cell::ok);
    }

    /** The names and numbers of one run would make each run's footnotes others. */
    private static String withoutNames(String text) {
        return text.replaceAll("\\(conn=\\d+\\) ", "")
                .replaceAll("orders[-.\\w]*\\.amazonaws\\.com(:\\d+)?", "HOST")
                .replaceAll("127(\\.\\d+){3}(:\\d+)?", "ADDRESS")
                .replaceAll("\\[::1\\](:\\d+)?", "ADDRESS");
    }
}
