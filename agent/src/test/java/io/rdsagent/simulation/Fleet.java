package io.rdsagent.simulation;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many JVMs that know nothing of each other, before the same readers. Each is let live from the beginning to the end by
 * itself, and what the servers would have seen is added up.
 */
final class Fleet {

    /** The probes' interval, and that of the looks at the topology. */
    private static final int PROBE_MILLIS = 5_000;

    private static final int TOPOLOGY_MILLIS = 30_000;

    private static final Duration SETTLES = Duration.ofMinutes(75);

    private final int jvms;
    private final int readers;
    private final int joining;
    private final Duration span;
    private final Plan plan;

    /**
     * When what happens; null for what doesn't.
     *
     * @param start over how long the JVMs start
     * @param scaleOut when readers are added
     * @param failover when a reader is lost
     * @param back when it is there again
     * @param restart when all JVMs of the region are restarted
     * @param restartTakes over how long they come back
     */
    record Plan(
            Duration start,
            Duration scaleOut,
            Duration failover,
            Duration back,
            Duration restart,
            Duration restartTakes) {

        /** Whether nothing has happened for so long that there is nothing but rotation. */
        boolean isQuiet(Duration at) {
            return Stream.of(Duration.ZERO, scaleOut, failover, restart)
                    .noneMatch(then -> at.compareTo(then) >= 0 && at.compareTo(then.plus(SETTLES)) < 0);
        }
    }

    Fleet(int jvms, int readers, int joining, Duration span, Plan plan) {
        this.jvms = jvms;
        this.readers = readers;
        this.joining = joining;
        this.span = span;
        this.plan = plan;
    }

    Tally live() {
        Tally sum = new Tally(readers + joining, span);
        IntStream.range(0, jvms).parallel().forEach(jvm -> {
            Tally own = live(jvm);
            synchronized (sum) {
                sum.add(own);
            }
        });
        return sum;
    }

    private Tally live(int jvm) {
        Random random = new Random(jvm);
        Tally tally = new Tally(readers + joining, span);
        Application application = new Application(readers + joining, readers, random.nextLong(), tally, plan::isQuiet);
        application.later(plan.scaleOut().toMillis(), () -> application.scaleOut(random.nextInt(TOPOLOGY_MILLIS)));
        application.later(plan.failover().toMillis(), () -> application.lose(0, random.nextInt(PROBE_MILLIS)));
        application.later(plan.back().toMillis(), () -> application.regain(0, random.nextInt(PROBE_MILLIS)));
        application.later(
                plan.restart().toMillis(),
                () -> application.restart(
                        random.nextInt((int) plan.restartTakes().toMillis())));
        application.live(Duration.ofMillis(random.nextInt((int) plan.start().toMillis())), span);
        return tally;
    }
}
