package io.rdsagent.bench.jmh;

import io.rdsagent.tls.Trust;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** The roots that come with the agent, parsed into what verifies a certificate: once for a JVM and region. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BundledTrust {

    @Benchmark
    public Trust ofOneRegion() {
        return Trust.rdsRoots("eu-west-1");
    }

    @Benchmark
    public Trust ofAllRegions() {
        return Trust.rdsRoots();
    }
}
