package io.rdsagent.bench;

import io.rdsagent.bench.program.Connects;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What one more connection costs in a JVM that has made many. */
final class ConnectBench implements Bench {

    @Override
    public String name() {
        return "connect";
    }

    @Override
    public Section run(Lab lab) {
        int count = lab.effort().connects();
        Map<String, Program> contenders =
                lab.sides().all(Connects.class, Integer.toString(count / 2), Integer.toString(count));
        contenders.put(
                "bystander",
                Program.of(Connects.class, ClassPaths.driver(), Integer.toString(count / 2), Integer.toString(count))
                        .with(lab.sides().bystander()));
        Rounds<Usage> rounds = Rounds.run((lab.effort().rounds() + 1) / 2, 0, contenders, lab.stopwatch()::run);
        ToDoubleFunction<Usage> cpu = usage -> number(usage, 0);
        ToDoubleFunction<Usage> wall = usage -> number(usage, 1);
        return new Section(
                "One connect and close, verify-full",
                List.of(
                        Row.of("CPU", rounds.side(Sides.AGENT, cpu), rounds.side(Sides.BARE, cpu), "us", 1e-3)
                                .withTarget(1.1),
                        Row.of("CPU", rounds.side(Sides.PEER, cpu), rounds.side(Sides.BARE, cpu), "us", 1e-3),
                        Row.of("CPU", rounds.side("bystander", cpu), rounds.side(Sides.BARE, cpu), "us", 1e-3),
                        Row.of("wall", rounds.side(Sides.AGENT, wall), rounds.side(Sides.BARE, wall), "us", 1e-3),
                        Row.of("wall", rounds.side(Sides.PEER, wall), rounds.side(Sides.BARE, wall), "us", 1e-3)),
                List.of(
                        "The client's CPU, the JIT compiler's too. pgjdbc reads the CA file and shakes hands in full for"
                                + " each connection; the agent keeps its TLS context, so later sessions are resumed.",
                        "`bystander`: the agent is there but not for this database."));
    }

    /** The program's last line is all that is wanted; the agent may have logged before it. */
    private static double number(Usage usage, int place) {
        String[] lines = usage.output().trim().split("\n");
        return Double.parseDouble(lines[lines.length - 1].split(" ")[place]);
    }
}
