package io.rdsagent.bench;

import io.rdsagent.localrds.LocalRds;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The benchmarks' command. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "What the agent costs, as ratios to what was run beside it in turns.")
public final class Main implements Runnable {

    /** The agent's own classes are on the class path here, and bring a provider that is not meant for us. */
    static final String SLF4J_VERBOSITY = "slf4j.internal.verbosity";

    @Parameters(
            paramLabel = "WHAT",
            description =
                    "hello, first-row, statement, rotation, connect, token, footprint, start-up; all if none is named")
    private List<String> what = List.of();

    @Option(names = "--agent", required = true, paramLabel = "JAR", description = "the agent that is measured")
    private Path agent;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "rounds of whole processes (${DEFAULT-VALUE}: as quick or thorough as asked)")
    private int rounds;

    @Option(names = "--thorough", description = "takes half an hour and spreads less")
    private boolean thorough;

    @Option(names = "--markdown", paramLabel = "FILE", description = "writes the tables there too")
    private Path markdown;

    public static void main(String[] arguments) {
        CommandLine command = new CommandLine(new Main());
        command.setExecutionExceptionHandler((failure, line, parsed) -> {
            line.getErr().println(failure.getMessage());
            return 1;
        });
        System.exit(command.execute(arguments));
    }

    @Override
    public void run() {
        Lab.Effort effort = thorough ? Lab.Effort.THOROUGH : Lab.Effort.QUICK;
        try {
            List<Section> sections =
                    measure(Benches.named(what), agent, rounds > 0 ? effort.withRounds(rounds) : effort, System.out);
            if (markdown != null) {
                Files.writeString(markdown, Report.markdown(sections));
            }
        } catch (IOException e) {
            throw new IllegalStateException("The benchmarks could not be run: " + e, e);
        }
    }

    /** Prints each section as soon as it is there. */
    static List<Section> measure(List<Bench> benches, Path agent, Lab.Effort effort, PrintStream out)
            throws IOException {
        if (!Files.isReadable(agent)) {
            throw new IllegalArgumentException(
                    "There is no agent at " + agent + ". Build it first: mvn -pl agent -am package -DskipTests");
        }
        // Other benchmarks on this machine hold JMH's lock; whether the machine is quiet is the person's to judge.
        System.setProperty("jmh.ignoreLock", "true");
        System.setProperty(SLF4J_VERBOSITY, "ERROR");
        Path folder = Files.createTempDirectory("rds-agent-bench-");
        try (LocalRds rds = LocalRds.builder().nodes(1).start()) {
            Sides sides = new Sides(rds, agent.toAbsolutePath());
            Lab lab = new Lab(agent.toAbsolutePath(), sides, folder, new Stopwatch(folder), effort);
            List<Section> sections = new ArrayList<>();
            for (Bench bench : benches) {
                Section section = bench.run(lab);
                sections.add(section);
                out.print(Report.text(section));
                out.flush();
            }
            return sections;
        } finally {
            delete(folder);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
