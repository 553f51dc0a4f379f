package io.rdsagent.bench;

import io.rdsagent.bench.program.FirstRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Memory, threads and the size of what is installed. */
final class FootprintBench implements Bench {

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public Section run(Lab lab) throws IOException {
        Rounds<Usage> rounds = Rounds.run(
                (lab.effort().rounds() + 1) / 2, 0, lab.sides().all(FirstRow.class, "footprint"), lab.stopwatch()::run);
        List<Row> rows = new ArrayList<>();
        for (String side : List.of(Sides.AGENT, Sides.PEER)) {
            rows.add(row("RSS", side, rounds, usage -> field(usage, "VmRSS"), "MB", 1 / 1024.0));
            rows.add(row("Java threads", side, rounds, usage -> field(usage, "JavaThreads"), "", 1));
        }
        long peer = 0;
        for (Path jar : ClassPaths.peerJars()) {
            peer += Files.size(jar);
        }
        rows.add(Row.of(
                "size of jars",
                new Row.Side(Sides.AGENT, List.of((double) Files.size(lab.agent()))),
                new Row.Side(Sides.PEER, List.of((double) peer)),
                "MB",
                1e-6));
        return new Section(
                "Footprint after the first row",
                rows,
                List.of("The peer's jars are the wrapper, the SDK's rds module, and what they ask for: "
                        + ClassPaths.peerJars().size() + " files. pgjdbc is in neither."));
    }

    private static Row row(
            String what,
            String side,
            Rounds<Usage> rounds,
            ToDoubleFunction<Usage> number,
            String unit,
            double factor) {
        return Row.of(what, rounds.side(side, number), rounds.side(Sides.BARE, number), unit, factor);
    }

    private static double field(Usage usage, String name) {
        Matcher line =
                Pattern.compile("^" + name + ":\\s*(\\d+)", Pattern.MULTILINE).matcher(usage.output());
        if (!line.find()) {
            throw new IllegalStateException("/proc/self/status told no " + name + ":\n" + usage.output());
        }
        return Double.parseDouble(line.group(1));
    }
}
