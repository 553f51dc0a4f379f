package io.rdsagent.bench;

import io.rdsagent.bench.program.Hello;
import io.rdsagent.bench.program.NothingAgent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the agent costs a program that never loads a driver. */
final class HelloBench implements Bench {

    @Override
    public String name() {
        return "hello";
    }

    @Override
    public Section run(Lab lab) throws IOException {
        Program hello = Program.of(Hello.class, ClassPaths.none());
        Map<String, Program> contenders = new LinkedHashMap<>();
        contenders.put("no agent", hello);
        contenders.put("nothing", hello.with("-javaagent:" + Jars.agent(lab.folder(), NothingAgent.class, false)));
        contenders.put(Sides.AGENT, hello.with("-javaagent:" + lab.agent()));
        // Short runs are cheap and noisy: three times as many.
        Rounds<Usage> rounds = Rounds.run(3 * lab.effort().rounds(), 1, contenders, lab.stopwatch()::run);
        Row.Side agent = rounds.side(Sides.AGENT, Usage::cpuSeconds);
        return new Section(
                "Hello, world: a JVM without a database",
                List.of(
                        Row.of("CPU", agent, rounds.side("nothing", Usage::cpuSeconds), "ms", 1e3)
                                .withTarget(1.1),
                        Row.of("CPU", agent, rounds.side("no agent", Usage::cpuSeconds), "ms", 1e3)),
                List.of("`nothing` is an agent whose transformer answers null for every class."));
    }
}
