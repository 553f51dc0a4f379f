package io.rdsagent.demo;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Node;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The application with the agent, from its start to its end, a node's death in between. */
final class Performance {

    private final LocalRds rds;
    private final Plan plan;
    private final Launcher launcher;
    private final Screen screen;
    private final PrintWriter log;
    private final Live live;
    private final SessionBook book;
    private final AppReport report;
    private final Node victim;
    private final List<Map<String, Integer>> history = new ArrayList<>();

    private Outage outage;

    /** @param log takes the application's standard error */
    Performance(LocalRds rds, Plan plan, Launcher launcher, Screen screen, PrintWriter log) {
        this.rds = rds;
        this.plan = plan;
        this.launcher = launcher;
        this.screen = screen;
        this.log = log;
        this.live = new Live(screen, rds);
        this.book = new SessionBook(plan.lifetime(), plan.margin());
        this.report = new AppReport(this::nodeOf);
        this.victim = plan.victim() == Victim.WRITER
                ? rds.writer()
                : rds.readers().get(rds.readers().size() - 1);
    }

    private String nodeOf(String where) {
        return rds.nodes().stream()
                .filter(node -> where.startsWith(node.host() + ":") || where.startsWith(node.address() + ":"))
                .map(Node::name)
                .findFirst()
                .orElse(where);
    }

    Facts run() throws IOException, InterruptedException {
        announce();
        Roles before = Roles.of(rds);
        int status;
        try (Observer observer = Observer.start(rds, book);
                Application application = launcher.withAgent(this::error)) {
            status = application.run(line -> line(line, observer));
        }
        List<Login> logins = rds.log().logins();
        return new Facts(
                plan,
                status,
                report,
                book,
                logins.stream().filter(Live::isAccepted).toList(),
                logins.stream().filter(login -> !Live.isAccepted(login)).toList(),
                before,
                Roles.of(rds),
                Optional.ofNullable(outage),
                history);
    }

    private void announce() {
        screen.title("3. The same jar and the same file, with the agent");
        screen.line("   $ java -javaagent:rds-jdbc-agent.jar \\");
        launcher.settings().forEach((key, value) -> setting(key, value));
        screen.line("       -jar legacy-orders.jar orders.properties");
        screen.blank();
        screen.said(
                "   ",
                "",
                "Here a connection may live for " + plan.lifetime().toSeconds()
                        + " s, in production for 15 minutes. Each second: the connections at each node and those rotated,"
                        + " as pg_stat_activity has them; the logins, as the verifier of tokens has them; and what the"
                        + " application says of itself.");
        screen.blank();
    }

    /** A list has a line for each of its parts. */
    private void setting(String key, String value) {
        String start = "       -Drdsagent." + key + "=";
        screen.line(start + value.replace(",", ",\\\n" + " ".repeat(start.length())) + " \\");
    }

    private void error(String line) {
        log.println(line);
        live.agent(line);
    }

    private void line(String line, Observer observer) {
        String kind = report.read(line);
        if (kind.equals("stats")) {
            second(report.figure("t"));
        } else if (kind.equals("end")) {
            // From here on it closes its pools.
            observer.close();
        }
    }

    private void second(long second) {
        Map<String, Integer> sessions = book.counts();
        history.add(sessions);
        live.second(second, sessions, book.rotations(), report);
        live.errors(report.errors());
        if (second == plan.killAt()) {
            live.event("kill -9 " + victim.name() + ". What is in flight on it fails; all else must go on.");
            outage = Outage.begins(victim.name(), Instant.now());
            victim.kill();
        } else if (second == plan.promoteAt() && plan.victim() == Victim.WRITER) {
            Node next = new Succession(rds).promote();
            live.roles();
            live.event(next.name() + " is the writer now. Who writes must find it, and who reads must leave it.");
        } else if (second == plan.backAt()) {
            victim.start();
            outage = outage.over(Instant.now(), report.figure("transfers"));
            live.event(victim.name() + " is back" + (victim.isWriter() ? "" : " as a reader")
                    + ". Connections must find it again as others reach their age.");
        }
    }
}
