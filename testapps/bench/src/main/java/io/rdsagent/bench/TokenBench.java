package io.rdsagent.bench;

import io.rdsagent.bench.jmh.BundledTrust;
import io.rdsagent.bench.jmh.TokenHandOut;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the agent itself does for each login. */
final class TokenBench implements Bench {

    @Override
    public String name() {
        return "token";
    }

    @Override
    public Section run(Lab lab) {
        return new Section(
                "What the agent does for a login",
                List.of(
                        compare(lab, "a token from the cache", TokenHandOut.class, "fromCache", "clockAlone", "ns", 1),
                        compare(
                                lab,
                                "building the bundled trust",
                                BundledTrust.class,
                                "ofAllRegions",
                                "ofOneRegion",
                                "us",
                                1e-3)),
                List.of("A hand-out should take less than 1 us; it is compared with the reading of the clock in it."));
    }

    private static Row compare(
            Lab lab, String what, Class<?> benchmark, String first, String second, String unit, double factor) {
        Map<String, String> methods = new LinkedHashMap<>();
        methods.put(first, first);
        methods.put(second, second);
        Jmh jmh = new Jmh(lab.effort());
        Rounds<Jmh.Score> rounds =
                Rounds.run(lab.effort().forks(), 0, methods, method -> jmh.run(benchmark, method, List.of()));
        return Row.of(what, rounds.side(first, Jmh.Score::nanos), rounds.side(second, Jmh.Score::nanos), unit, factor);
    }
}
