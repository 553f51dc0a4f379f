package io.rdsagent.bench;

import io.rdsagent.bench.program.FirstRow;
import io.rdsagent.bench.program.NothingAgent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Of what the agent's start consists: the first row again, each time without one of its parts. */
final class StartUpBench implements Bench {

    private static final String WHOLE = "agent";

    @Override
    public String name() {
        return "start-up";
    }

    @Override
    public Section run(Lab lab) throws IOException {
        Program driver = Program.of(FirstRow.class, ClassPaths.driver());
        Program agent = driver.with(lab.sides().agent());
        Program bare = driver.with(lab.sides().bare());
        Map<String, Program> contenders = new LinkedHashMap<>();
        contenders.put(WHOLE, agent);
        contenders.put(
                "without verification of classes",
                agent.with("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote"));
        contenders.put(
                "with an uncompressed jar", driver.with(lab.sides().agent(Jars.stored(lab.folder(), lab.agent()))));
        contenders.put("without the C2 compiler", agent.with("-XX:TieredStopAtLevel=1"));
        contenders.put(
                "without a match: core, weaving, SDK warm-up",
                driver.with(lab.sides().bystander()));
        contenders.put(
                "switched off: the door alone", bare.with("-javaagent:" + lab.agent(), "-Drdsagent.enabled=false"));
        contenders.put(
                "an agent that does nothing",
                bare.with("-javaagent:" + Jars.agent(lab.folder(), NothingAgent.class, false)));
        contenders.put("bare", bare);
        Rounds<Usage> rounds = Rounds.run(lab.effort().rounds(), 1, contenders, lab.stopwatch()::run);
        List<Row> rows = new ArrayList<>();
        for (String variant : contenders.keySet()) {
            if (!variant.equals(WHOLE)) {
                rows.add(Row.of("CPU", rounds.side(variant, Usage::cpuSeconds), whole(rounds), "ms", 1e3));
            }
        }
        return new Section(
                "What the agent's start consists of",
                rows,
                List.of(classes("agent", agent, lab), classes("bare", bare, lab)));
    }

    private static Row.Side whole(Rounds<Usage> rounds) {
        return rounds.side(WHOLE, Usage::cpuSeconds);
    }

    /** Loaded classes by where they come from. */
    private static String classes(String name, Program program, Lab lab) {
        Map<String, Integer> counts = new TreeMap<>();
        String log = lab.stopwatch()
                .run(program.with("-Xlog:class+load=info:stdout:none"))
                .output();
        log.lines().forEach(line -> origin(line).ifPresent(origin -> counts.merge(origin, 1, Integer::sum)));
        return "Classes loaded, " + name + ": " + counts;
    }

    private static Optional<String> origin(String line) {
        int end = line.indexOf(" source: ");
        if (end < 0) {
            return Optional.empty();
        }
        String type = line.substring(0, end);
        if (type.startsWith("io.rdsagent.lib.amazon")) {
            return Optional.of("AWS SDK");
        }
        if (type.startsWith("io.rdsagent.lib.bytebuddy")) {
            return Optional.of("ASM");
        }
        if (type.startsWith("io.rdsagent.lib")) {
            return Optional.of("other libraries");
        }
        if (type.startsWith("io.rdsagent.bench")) {
            return Optional.of("application");
        }
        if (type.startsWith("io.rdsagent")) {
            return Optional.of("agent");
        }
        if (type.startsWith("org.postgresql")) {
            return Optional.of("pgjdbc");
        }
        boolean archived = line.contains("shared objects file");
        return Optional.of(
                type.contains("Lambda") || type.contains("LambdaForm")
                        ? "lambdas"
                        : archived ? "JDK, from the CDS archive" : "JDK, parsed");
    }
}
