package io.rdsagent.demo;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Node;
import io.rdsagent.localrds.Verdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A line for each second while the application runs, and between them what happens. */
final class Live {

    private static final int BAR = 10;
    private static final String AGENT = " rds-jdbc-agent ";

    private final Screen screen;
    private final LocalRds rds;
    private long borrowsBefore;
    private int errorsShown;
    private boolean headed;

    Live(Screen screen, LocalRds rds) {
        this.screen = screen;
        this.rds = rds;
    }

    /** They have changed: the next line has a new head. */
    void roles() {
        headed = false;
    }

    private void head() {
        headed = true;
        StringBuilder line = new StringBuilder("   time ");
        for (Node node : rds.nodes()) {
            line.append(String.format("  %-13s", node.name() + (node.isWriter() ? " writer" : " reader")));
        }
        screen.title(line + "   logins  refused  oldest token  rotated  borrows/s  errors");
    }

    void second(long second, Map<String, Integer> sessions, int rotations, AppReport app) {
        if (!headed) {
            head();
        }
        StringBuilder line = new StringBuilder(String.format("%5d s ", second));
        for (Node node : rds.nodes()) {
            int count = sessions.getOrDefault(node.name(), 0);
            line.append(node.running() ? String.format("  %2d %-12s", count, bar(count)) : "   - down        ");
        }
        long borrows = app.figure("borrows");
        List<Login> logins = rds.log().logins();
        long accepted = logins.stream().filter(Live::isAccepted).count();
        screen.line(String.format(
                Locale.ROOT,
                "%s   %6d  %7d  %10d s  %7d  %9d  %6d",
                line,
                accepted,
                logins.size() - accepted,
                oldestToken(logins).toSeconds(),
                rotations,
                borrows - borrowsBefore,
                app.figure("errors")));
        borrowsBefore = borrows;
    }

    static boolean isAccepted(Login login) {
        return login.verdict() == Verdict.ACCEPTED;
    }

    static Duration oldestToken(List<Login> logins) {
        return logins.stream()
                .filter(Live::isAccepted)
                .map(Login::tokenAge)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static String bar(int count) {
        return "#".repeat(Math.min(count, BAR));
    }

    /** Those that came since the last call, the same ones together. */
    void errors(List<AppError> all) {
        Map<String, Integer> kinds = new LinkedHashMap<>();
        all.subList(errorsShown, all.size()).forEach(error -> kinds.merge(error.kind(), 1, Integer::sum));
        errorsShown = all.size();
        kinds.forEach((kind, count) -> screen.said("        app   | ", "yellow", count + " x " + kind));
    }

    /** The agent's own lines; what else is on the standard error is the application's, and not shown. */
    void agent(String line) {
        int start = line.indexOf(AGENT);
        if (start >= 0) {
            screen.said("        agent | ", "cyan", line.substring(start + AGENT.length()));
        }
    }

    void event(String text) {
        screen.said("        demo  | ", "bold", text);
    }
}
