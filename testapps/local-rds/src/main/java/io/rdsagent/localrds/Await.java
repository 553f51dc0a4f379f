package io.rdsagent.localrds;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition of another process, which can only be asked again and again. */
final class Await {

    private static final Duration PAUSE = Duration.ofMillis(10);

    private Await() {}

    static void until(BooleanSupplier condition, Duration limit, Supplier<String> otherwise) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw new LocalRdsException(otherwise.get());
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
