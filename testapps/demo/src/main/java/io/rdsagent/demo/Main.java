package io.rdsagent.demo;

import io.rdsagent.localrds.LocalRdsException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what the agent does for an application that does not know it, and judges it. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        version = "demo 1.0.0",
        description =
                "An old application, a local RDS, and the agent. Ends with 0 if all went as it must, else with 1.")
public final class Main implements Callable<Integer> {

    @Option(names = "--seconds", defaultValue = "40", description = "How long the application runs (${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--lifetime",
            paramLabel = "SECONDS",
            defaultValue = "8",
            description = "How old a connection may become (${DEFAULT-VALUE}); 15 minutes in production.")
    private int lifetimeSeconds;

    @Option(
            names = "--failover",
            description = "Kills the writer, and a reader takes its place. Without it a reader is killed.")
    private boolean failover;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "One more setting of the agent, without its rdsagent. The verdict stays as strict.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--repository",
            paramLabel = "FOLDER",
            defaultValue = ".",
            description = "Where the repository is, built (${DEFAULT-VALUE}).")
    private Path repository;

    private final Screen screen;

    private Main(Screen screen) {
        this.screen = screen;
    }

    public static void main(String[] arguments) {
        Screen screen = new Screen(System.out);
        Runtime.getRuntime().addShutdownHook(new Thread(screen::interrupted, "interruption"));
        int status = run(screen, arguments);
        screen.end();
        System.exit(status);
    }

    /** Like {@link #main}, but returns the exit status. */
    static int run(Screen screen, String... arguments) {
        CommandLine line = new CommandLine(new Main(screen));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            if (!(failure instanceof LocalRdsException) && !(failure instanceof IllegalArgumentException)) {
                throw failure;
            }
            screen.bad(failure.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
        return line.execute(arguments);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Plan plan = Plan.of(seconds, Duration.ofSeconds(lifetimeSeconds), failover ? Victim.WRITER : Victim.READER);
        return new Demo(plan, settings, repository, screen).run() ? 0 : 1;
    }
}
