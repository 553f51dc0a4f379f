package io.rdsagent.bench;

import io.rdsagent.bench.jmh.Borrow;
import io.rdsagent.bench.jmh.SelectOne;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an application does all day: statements, and borrows from its pool. */
final class StatementBench implements Bench {

    @Override
    public String name() {
        return "statement";
    }

    @Override
    public Section run(Lab lab) throws IOException {
        List<Row> rows = new ArrayList<>();
        rows.addAll(compare(lab, "SELECT 1", SelectOne.class, "selectOne"));
        rows.addAll(compare(lab, "HikariCP borrow and return", Borrow.class, "borrowAndReturn"));
        return new Section("On open connections", rows, new ClassBytes(lab).differences());
    }

    private static List<Row> compare(Lab lab, String what, Class<?> benchmark, String method) {
        Map<String, List<String>> sides = new LinkedHashMap<>();
        sides.put(Sides.BARE, lab.sides().bare());
        sides.put(Sides.AGENT, lab.sides().agent());
        Jmh jmh = new Jmh(lab.effort());
        Rounds<Jmh.Score> rounds =
                Rounds.run(lab.effort().forks(), 0, sides, options -> jmh.run(benchmark, method, options));
        return List.of(
                Row.of(
                                what + ", time",
                                rounds.side(Sides.AGENT, Jmh.Score::nanos),
                                rounds.side(Sides.BARE, Jmh.Score::nanos),
                                "ns",
                                1)
                        .withTarget(1),
                Row.of(
                                what + ", bytes allocated",
                                rounds.side(Sides.AGENT, Jmh.Score::bytes),
                                rounds.side(Sides.BARE, Jmh.Score::bytes),
                                "B",
                                1)
                        .withTarget(1));
    }
}
