package io.rdsagent.bench;

import java.util.List;

/** All benchmarks, in the order of the report. */
final class Benches {

    static final List<Bench> ALL = List.of(
            new HelloBench(),
            new FirstRowBench(),
            new StatementBench(),
            new RotationBench(),
            new ConnectBench(),
            new TokenBench(),
            new FootprintBench(),
            new StartUpBench());

    /** @throws IllegalArgumentException that names those there are, if a name is none of them */
    static List<Bench> named(List<String> names) {
        List<String> known = ALL.stream().map(Bench::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "There is no benchmark " + name + ". Name some of: " + String.join(", ", known));
            }
        }
        return names.isEmpty()
                ? ALL
                : ALL.stream().filter(bench -> names.contains(bench.name())).toList();
    }

    private Benches() {}
}
