package io.rdsagent.bench;

import io.rdsagent.bench.program.FirstRow;
import java.util.List;

/** From the start of a JVM to the first row of SELECT 1, and its end. */
final class FirstRowBench implements Bench {

    @Override
    public String name() {
        return "first-row";
    }

    @Override
    public Section run(Lab lab) {
        Rounds<Usage> rounds =
                Rounds.run(lab.effort().rounds(), 1, lab.sides().all(FirstRow.class), lab.stopwatch()::run);
        Row.Side bareCpu = rounds.side(Sides.BARE, Usage::cpuSeconds);
        Row.Side bareWall = rounds.side(Sides.BARE, Usage::wallSeconds);
        return new Section(
                "A JVM's start to its first row, verify-full, logged in with a token",
                List.of(
                        Row.of("CPU", rounds.side(Sides.AGENT, Usage::cpuSeconds), bareCpu, "ms", 1e3),
                        Row.of("CPU", rounds.side(Sides.PEER, Usage::cpuSeconds), bareCpu, "ms", 1e3),
                        Row.of("wall", rounds.side(Sides.AGENT, Usage::wallSeconds), bareWall, "ms", 1e3),
                        Row.of("wall", rounds.side(Sides.PEER, Usage::wallSeconds), bareWall, "ms", 1e3)),
                List.of(
                        "`bare` is pgjdbc with a static password: a token signed beforehand, so that the server does the"
                                + " same for all.",
                        "`peer` is the AWS Advanced JDBC Wrapper with its iam plugin."));
    }
}
