package io.rdsagent.endpoint;

/** That the instances or their roles have changed: followed closely at first, and not for ever. */
final class Suspicion {

    /** How long it lasts if nothing comes of it. */
    private static final long LASTS_MILLIS = 10_000;

    private static final long FRESH_MILLIS = 5_000;
    private static final long NEVER = Long.MIN_VALUE / 2;

    private volatile long raisedAt = NEVER;
    private volatile long since = NEVER;

    void raise(long now) {
        if (!lasts(now)) {
            since = now;
        }
        raisedAt = now;
    }

    boolean lasts(long now) {
        return now - raisedAt < LASTS_MILLIS;
    }

    /** Whether it is followed closely still. */
    boolean isFresh(long now) {
        return now - since < FRESH_MILLIS;
    }
}
