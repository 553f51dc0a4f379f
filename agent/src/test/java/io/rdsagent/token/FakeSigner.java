package io.rdsagent.token;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts, and fails while it is told to. */
final class FakeSigner implements Signer {

    private final Clock clock;
    private final AtomicInteger count = new AtomicInteger();
    final List<Identity> refused = new CopyOnWriteArrayList<>();
    volatile boolean failing;
    volatile Duration credentialsLastFor = Duration.ofHours(6);

    FakeSigner(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Token sign(TokenRequest request) throws TokenException {
        int number = count.incrementAndGet();
        if (failing) {
            throw new TokenException("The metadata service is dead.", "Wake it.");
        }
        return new Token(
                request,
                "secret-" + number,
                "the test",
                clock.instant(),
                clock.instant().plus(credentialsLastFor),
                null);
    }

    @Override
    public void refused(Identity identity) {
        refused.add(identity);
    }

    int count() {
        return count.get();
    }
}
