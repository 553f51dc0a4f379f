package io.rdsagent.demo;

import java.time.Duration;

/**
 * What happens when.
 *
 * @param seconds how long the application runs
 * @param lifetime how old a connection may become
 * @param margin how long before that the agent retires it
 * @param victim who is killed
 * @param killAt the second in which he is
 * @param promoteAt the second in which a reader takes a killed writer's place
 * @param backAt the second in which it is started again
 * @param closingSeconds how long the application's long transactions take
 */
record Plan(
        int seconds,
        Duration lifetime,
        Duration margin,
        Victim victim,
        int killAt,
        int promoteAt,
        int backAt,
        int closingSeconds) {

    private static final int LEAST_SECONDS = 16;
    private static final int LEAST_OUTAGE = 3;
    private static final long LEAST_MARGIN_MILLIS = 1000;

    /** @throws IllegalArgumentException if the connections could not rotate before the kill and after the return */
    static Plan of(int seconds, Duration lifetime, Victim victim) {
        if (seconds < LEAST_SECONDS || lifetime.toSeconds() < 3 || lifetime.toSeconds() * 5 > seconds) {
            throw new IllegalArgumentException("The run of " + seconds + " s is too short for a lifetime of "
                    + lifetime.toSeconds() + " s. It needs " + LEAST_SECONDS
                    + " s at least, five times the lifetime, and the lifetime 3 s.");
        }
        int killAt = seconds * 35 / 100;
        int outage = Math.max(LEAST_OUTAGE, seconds * 15 / 100);
        int promoteAt = killAt + outage / LEAST_OUTAGE;
        int closingSeconds = (int) Math.max(1, lifetime.toSeconds() * 3 / 8);
        return new Plan(
                seconds, lifetime, margin(lifetime), victim, killAt, promoteAt, killAt + outage, closingSeconds);
    }

    /** The agent lets the idle ones of a pool go one after another, which takes it most of a second here. */
    private static Duration margin(Duration lifetime) {
        return Duration.ofMillis(Math.max(LEAST_MARGIN_MILLIS, lifetime.toMillis() / 8));
    }
}
