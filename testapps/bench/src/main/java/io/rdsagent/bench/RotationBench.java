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

    /** More than are in use at a time, and as many. */
    private static final int WIDE = 10;

    private static final int TIGHT = 4;
    /** Without one the machine is full, and what is measured is who gets a core. */
    private static final int PAUSE_MICROS = 1000;

    private static final String OFF = "lifetime off";
    /** Nothing is replaced, but as many log in: what is left to the rotation is not the price of a login. */
    private static final String BESIDE = "logins beside";

    private static final int LIFE_MILLIS = 3700;
    private static final String ROTATING = "rotating";
    private static final String WITHOUT_SPARES = "rotating, spares=0";

    @Override
    public String name() {
        return "rotation";
    }

    @Override
    public Section run(Lab lab) {
        long millis = Math.max(500, 10L * lab.effort().iterationMillis());
        List<Row> rows = new ArrayList<>();
        Rounds<Usage> wide = rounds(lab, WIDE, millis);
        for (String side : List.of(ROTATING, WITHOUT_SPARES)) {
            rows.add(row(wide, side, OFF, "10 connections: borrow, p50", "borrow.p50"));
            for (String whom : List.of(OFF, BESIDE)) {
                rows.add(row(wide, side, whom, "10 connections: borrow, p99", "borrow.p99")
                        .withTarget(1.1));
                rows.add(row(wide, side, whom, "10 connections: borrow, p99.9", "borrow.p99.9")
                        .withTarget(1.1));
                rows.add(row(wide, side, whom, "10 connections: whole, p99.9", "whole.p99.9"));
            }
        }
        Rounds<Usage> tight = rounds(lab, TIGHT, millis);
        for (String side : List.of(ROTATING, WITHOUT_SPARES)) {
            for (String whom : List.of(OFF, BESIDE)) {
                rows.add(row(tight, side, whom, "4 connections: borrow, p99.9", "borrow.p99.9"));
                rows.add(row(tight, side, whom, "4 connections: borrow, p99.99", "borrow.p99.99"));
                rows.add(row(tight, side, whom, "4 connections: whole, p99.99", "whole.p99.99"));
            }
        }
        return new Section(
                "Borrow latency while the pool's connections are replaced",
                rows,
                List.of(
                        "HikariCP, 4 threads that borrow, SELECT 1 and return (`whole`), then pause for 1 ms, for "
                                + millis / 1000.0 + " s after " + warmUp(millis) / 1000.0
                                + " s of the same. Each connection lives for 3.4 to 4 s: of 10, 2 to 3 a second are"
                                + " replaced; of 4, 1 a second, which somebody always waits for.",
                        "Server and client share the machine: what both sides of a login take is taken from the borrowers"
                                + " too. So `logins beside` has as many logins without any rotation: the JVM opens and"
                                + " closes a connection of no pool."));
    }

    /** In turns for one size of pool. */
    private static Rounds<Usage> rounds(Lab lab, int size, long millis) {
        Map<String, Program> sides = new LinkedHashMap<>();
        sides.put(OFF, program(lab, size, millis, 0, "lifetime=off"));
        sides.put(BESIDE, program(lab, size, millis, LIFE_MILLIS / size, "lifetime=off"));
        sides.put(ROTATING, program(lab, size, millis, 0, "lifetime=6s", "lifetime.margin=2s"));
        sides.put(WITHOUT_SPARES, program(lab, size, millis, 0, "lifetime=6s", "lifetime.margin=2s", "spares=0"));
        return Rounds.run((lab.effort().rounds() + 1) / 2, 0, sides, lab.stopwatch()::run);
    }

    private static Program program(Lab lab, int size, long millis, int besideMillis, String... settings) {
        Program program = Program.of(
                        Borrowing.class,
                        ClassPaths.pool(),
                        "" + size,
                        "" + PAUSE_MICROS,
                        "" + warmUp(millis),
                        "" + millis,
                        "" + besideMillis)
                .with(lab.sides().agent());
        for (String setting : settings) {
            program = program.with("-Drdsagent." + setting);
        }
        return program;
    }

    private static long warmUp(long millis) {
        return Math.min(4500, millis);
    }

    private static Row row(Rounds<Usage> rounds, String side, String whom, String what, String field) {
        ToDoubleFunction<Usage> number = usage -> field(usage, field);
        return Row.of(what, rounds.side(side, number), rounds.side(whom, number), "us", 1e-3);
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
