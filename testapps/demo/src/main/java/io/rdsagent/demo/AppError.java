package io.rdsagent.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * One line of the application about a failure.
 *
 * @param at when
 * @param since when the connection was borrowed, or asked for if there was none
 * @param state the SQLState
 * @param node the node's name, or what the application knew instead
 * @param job what the application was doing
 * @param message the driver's
 */
record AppError(Instant at, Instant since, String state, String node, String job, String message) {

    private static final Duration SOON = Duration.ofSeconds(3);

    /** The agent reads once a second in the kernel's table who has hung up, so it may be so long until it can know. */
    private static final Duration UNKNOWN = Duration.ofSeconds(1);

    /**
     * Whether it is the death of a server that a statement in flight meets: nobody could have spared the application
     * this. Whoever borrowed the connection after the death could be known should have got another one.
     */
    boolean isDeathOf(String killedNode, Instant killedAt) {
        return node.equals(killedNode)
                && (state.startsWith("08") || state.startsWith("57P0"))
                && since.isBefore(killedAt.plus(UNKNOWN))
                && !at.isBefore(killedAt)
                && at.isBefore(killedAt.plus(SOON));
    }

    /** What makes it the same as another one for a reader. */
    String kind() {
        return job + " on " + node + ": SQLState " + state + ", " + message;
    }
}
