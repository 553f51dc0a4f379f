package io.rdsagent.demo;

import java.time.Duration;
import java.time.Instant;

/**
 * One line of the application about a failure.
 *
 * @param at when
 * @param state the SQLState
 * @param node the node's name, or what the application knew instead
 * @param job what the application was doing
 * @param message the driver's
 */
record AppError(Instant at, String state, String node, String job, String message) {

    private static final Duration SOON = Duration.ofSeconds(3);

    /** Whether it is the death of a server that a statement in flight meets: nobody could have spared the application this. */
    boolean isDeathOf(String killedNode, Instant killedAt) {
        return node.equals(killedNode)
                && (state.startsWith("08") || state.startsWith("57P0"))
                && !at.isBefore(killedAt)
                && at.isBefore(killedAt.plus(SOON));
    }

    /** What makes it the same as another one for a reader. */
    String kind() {
        return job + " on " + node + ": SQLState " + state + ", " + message;
    }
}
