package io.rdsagent.bench.jmh;

import io.rdsagent.token.Identity;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenException;
import io.rdsagent.token.TokenRequest;
import io.rdsagent.token.TokenSource;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A token that was signed before; the request is made anew, as each login does. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenHandOut {

    private static final String HOST = "orders.cluster-abc123xyz.eu-west-1.rds.amazonaws.com";

    private final Clock clock = Clock.systemUTC();
    private final TokenSource source = new TokenSource(
            request -> new Token(request, "a signature", "a benchmark", clock.instant(), null, null),
            clock,
            Runnable::run);

    @Benchmark
    public Token fromCache() throws TokenException {
        return source.token(new TokenRequest(HOST, 5432, "app", "eu-west-1", Identity.DEFAULT));
    }

    /** What the hand-out can't be faster than: the reading of the clock in it. */
    @Benchmark
    public long clockAlone() {
        return clock.millis();
    }
}
