package io.rdsagent.cli;

import io.rdsagent.event.Json;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The JVMs of this user. */
@Command(
        description = {
            "Shows the JVMs of this user: their driver and pool as the jars tell that they hold open, and whether the"
                    + " agent is in.",
            "Only a JVM that has the agent's jar open is attached to, to ask whether it is at work; on a host without"
                    + " /proc, each."
        })
final class ListCommand implements Callable<Integer> {

    private static final int LONGEST_NAME = 40;

    private final Screen screen;

    @Option(names = "--json", description = "For a program.")
    private boolean json;

    ListCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Failure {
        AttachApi api = AttachApi.ofThisJava();
        // Java 8 has no better way to ask for it.
        String own = ManagementFactory.getRuntimeMXBean().getName().split("@", 2)[0];
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<String, String> jvm : api.all().entrySet()) {
            if (!jvm.getKey().equals(own)) {
                rows.add(row(api, jvm.getKey(), jvm.getValue()));
            }
        }
        screen.say(json ? json(rows) : table(rows));
        return Exit.WELL;
    }

    private static Row row(AttachApi api, String pid, String started) {
        OpenJars jars = OpenJars.ofProcess(pid);
        String agent = "-";
        if (jars == null || jars.hasAgent()) {
            try (AttachApi.Jvm jvm = api.attach(pid)) {
                agent = jvm.property(RunningAgent.ATTACHED) == null ? "-" : "yes";
                jars = jars == null ? OpenJars.of(jvm.property("java.class.path")) : jars;
            } catch (Failure unreachable) {
                agent = "?";
            }
        }
        return new Row(pid, started, jars == null ? "?" : jars.drivers(), jars == null ? "?" : jars.pools(), agent);
    }

    private static String table(List<Row> rows) {
        StringBuilder table = new StringBuilder();
        String format = "%-8s %-5s %-32s %-28s %s%n";
        table.append(String.format(format, "PID", "AGENT", "DRIVER", "POOL", "STARTED"));
        for (Row row : rows) {
            table.append(String.format(format, row.pid, row.agent, row.driver, row.pool, shortened(row.started)));
        }
        return table.toString().trim();
    }

    private static String shortened(String started) {
        String main = started.split(" ", 2)[0];
        String name = main.substring(main.lastIndexOf('/') + 1);
        return name.length() <= LONGEST_NAME ? name : "..." + name.substring(name.length() - LONGEST_NAME + 3);
    }

    private static String json(List<Row> rows) {
        List<Json> all = new ArrayList<>();
        for (Row row : rows) {
            all.add(new Json()
                    .with("pid", row.pid)
                    .with("started", shortened(row.started))
                    .with("driver", row.driver)
                    .with("pool", row.pool)
                    .with("agent", row.agent));
        }
        return new Json().with("jvms", all).toString();
    }

    private static final class Row {

        private final String pid;
        private final String started;
        private final String driver;
        private final String pool;
        private final String agent;

        Row(String pid, String started, String driver, String pool, String agent) {
            this.pid = pid;
            this.started = started;
            this.driver = driver;
            this.pool = pool;
            this.agent = agent;
        }
    }
}
