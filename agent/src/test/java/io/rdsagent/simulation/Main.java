package io.rdsagent.simulation;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** The large fleet through one day, as a table and a chart: what RDS would see of it. */
public final class Main {

    private static final int READERS = 15;
    private static final int JOINING = 3;
    private static final double EVEN = 0.10;
    private final Fleet.Plan plan;
    private final Duration span;
    private final Tally seen;
    private final PrintStream out;

    private Main(Fleet.Plan plan, Duration span, Tally seen, PrintStream out) {
        this.plan = plan;
        this.span = span;
        this.seen = seen;
        this.out = out;
    }

    /** Arguments: how many JVMs; how many hours from one happening to the next, of which there are three; the chart's file. */
    public static void main(String[] arguments) throws Exception {
        int jvms = Integer.parseInt(arguments[0]);
        Duration step = Duration.ofHours(Integer.parseInt(arguments[1]));
        Duration span = step.multipliedBy(4);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Fleet.Plan plan = plan(step);
        Tally seen = new Fleet(jvms, READERS, JOINING, span, plan).live();
        new Main(plan, span, seen, out).print(jvms);
        if (arguments.length > 2) {
            Chart.write(seen, span, Path.of(arguments[2]));
        }
    }

    private static Fleet.Plan plan(Duration step) {
        return new Fleet.Plan(
                Duration.ofMinutes(10),
                step,
                step.multipliedBy(2),
                step.multipliedBy(2).plusMinutes(10),
                step.multipliedBy(3),
                Duration.ofMinutes(10));
    }

    private void print(int jvms) {
        out.printf(
                Locale.ROOT,
                "%,d JVMs, %d connections each, %d readers: %,d logins in %d hours, %.1f a second and reader.%n%n",
                jvms,
                Application.POOL,
                READERS,
                seen.logins(),
                span.toHours(),
                seen.logins() / (double) span.toSeconds() / READERS);
        out.println(
                "| | most logins in a second at one reader | fullest reader over the mean | within a tenth again |");
        out.println("|---|---|---|---|");
        row(
                "all JVMs start, over 10 minutes",
                Duration.ZERO,
                plan.start().plusMinutes(20),
                0,
                READERS - 1,
                plan.start());
        row("rotation, in quiet times", plan.start().plusMinutes(20), plan.scaleOut(), 0, READERS - 1, null);
        row("3 readers join", plan.scaleOut(), plan.scaleOut().plusHours(1), 0, last(), plan.scaleOut());
        row("one reader is lost", plan.failover(), plan.back(), 1, last(), plan.failover());
        row("and is back after 10 minutes", plan.back(), plan.back().plusHours(1), 0, last(), plan.back());
        row(
                "all JVMs are restarted, over 10 minutes",
                plan.restart(),
                plan.restart().plusHours(1),
                0,
                last(),
                plan.restart().plus(plan.restartTakes()));
    }

    private static int last() {
        return READERS + JOINING - 1;
    }

    /** @param since from when it is to be even again; null where it always was */
    private void row(String what, Duration from, Duration to, int first, int last, Duration since) {
        double worst = 0;
        Duration even = null;
        for (Duration at = since == null ? from : since; at.compareTo(to) < 0; at = at.plus(Tally.SAMPLE)) {
            double imbalance = seen.imbalance(at, first, last);
            worst = Math.max(worst, imbalance);
            even = imbalance > EVEN ? null : even == null ? at : even;
        }
        out.printf(
                Locale.ROOT,
                "| %s | %d | %+.0f %% | %s |%n",
                what,
                seen.peak(from, to),
                100 * worst,
                since == null ? "always" : even == null ? "not" : text(even.minus(since)));
    }

    private static String text(Duration time) {
        return time.isZero() ? "at once" : time.toSeconds() < 120 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }
}
