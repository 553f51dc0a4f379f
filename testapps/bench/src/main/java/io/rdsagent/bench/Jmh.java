package io.rdsagent.bench;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One fork of JMH at a time, so that the sides take turns. */
final class Jmh {

    /** Time and allocation of one operation: nanoseconds and bytes. */
    record Score(double nanos, double bytes) {}

    private final Lab.Effort effort;

    Jmh(Lab.Effort effort) {
        this.effort = effort;
    }

    /** @param options for the JVM of the fork */
    Score run(Class<?> benchmark, String method, List<String> options) {
        try {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
                            .forks(1)
                            .warmupIterations(effort.iterations())
                            .warmupTime(TimeValue.milliseconds(effort.iterationMillis()))
                            .measurementIterations(effort.iterations())
                            .measurementTime(TimeValue.milliseconds(effort.iterationMillis()))
                            .timeout(new TimeValue(1, TimeUnit.MINUTES))
                            .addProfiler(GCProfiler.class)
                            .verbosity(VerboseMode.SILENT)
                            .shouldFailOnError(true)
                            .jvmArgs("-D" + Main.SLF4J_VERBOSITY + "=ERROR")
                            .jvmArgsAppend(options.toArray(String[]::new))
                            .build())
                    .run();
            RunResult result = results.iterator().next();
            return new Score(result.getPrimaryResult().getScore(), allocated(result));
        } catch (RunnerException e) {
            throw new IllegalStateException(
                    benchmark.getSimpleName() + "." + method + " could not be measured: " + e.getMessage(), e);
        }
    }

    private static double allocated(RunResult result) {
        Result<?> allocation = result.getSecondaryResults().get("gc.alloc.rate.norm");
        return allocation == null ? Double.NaN : allocation.getScore();
    }
}
