package io.rdsagent.bench;

import io.rdsagent.bench.program.Borrowing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a borrower notices of the pool's connections being replaced. */
final class RotationBench implements Bench {

    private static final String OFF = "lifetime off";
    private static final String ROTATING = "rotating";
    private static final String WITHOUT_SPARES = "rotating, spares=0";

    @Override
    public String name() {
        return "rotation";
    }

    @Override
    public Section run(Lab lab) {
        long millis = Math.max(500, 20L * lab.effort().iterationMillis());
        Map<String, Program> sides = new LinkedHashMap<>();
        sides.put(OFF, program(lab, millis, "lifetime=off"));
        sides.put(ROTATING, program(lab, millis, "lifetime=6s", "lifetime.margin=2s"));
        sides.put(WITHOUT_SPARES, program(lab, millis, "lifetime=6s", "lifetime.margin=2s", "spares=0"));
        Rounds<Usage> rounds = Rounds.run((lab.effort().rounds() + 1) / 2, 0, sides, lab.stopwatch()::run);
        List<Row> rows = new ArrayList<>();
        for (String side : List.of(ROTATING, WITHOUT_SPARES)) {
            rows.add(row(rounds, side, "borrow, p50", "borrow.p50"));
            rows.add(row(rounds, side, "borrow, p99", "borrow.p99").withTarget(1.1));
            rows.add(row(rounds, side, "borrow, p99.9", "borrow.p99.9").withTarget(1.1));
            rows.add(row(rounds, side, "borrow, SELECT 1, return: p99", "whole.p99"));
            rows.add(row(rounds, side, "borrow, SELECT 1, return: p99.9", "whole.p99.9"));
        }
        return new Section(
                "Borrow latency while the pool's connections are replaced",
                rows,
                List.of(
                        "HikariCP with 10 connections, 4 threads that borrow without a pause, " + millis / 1000.0
                                + " s after 5 s of the same; each connection lives for 3.4 to 4 s, so that 2 to 3 a second"
                                + " are replaced.",
                        "Server and client share the machine: the TLS handshakes and logins of both sides take their time"
                                + " from the borrowers too."));
    }

    private static Program program(Lab lab, long millis, String... settings) {
        Program program = Program.of(Borrowing.class, ClassPaths.pool(), String.valueOf(warmUp(millis)), "" + millis)
                .with(lab.sides().agent());
        for (String setting : settings) {
            program = program.with("-Drdsagent." + setting);
        }
        return program;
    }

    private static long warmUp(long millis) {
        return Math.min(5000, millis);
    }

    private static Row row(Rounds<Usage> rounds, String side, String what, String field) {
        ToDoubleFunction<Usage> number = usage -> field(usage, field);
        return Row.of(what, rounds.side(side, number), rounds.side(OFF, number), "us", 1e-3);
    }

    private static double field(Usage usage, String name) {
        Matcher line = Pattern.compile("^" + Pattern.quote(name) + ": (\\d+)", Pattern.MULTILINE)
                .matcher(usage.output());
        if (!line.find()) {
            throw new IllegalStateException("The program told no " + name + ":\n" + usage.output());
        }
        return Double.parseDouble(line.group(1));
    }
}
