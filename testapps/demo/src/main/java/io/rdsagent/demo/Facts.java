package io.rdsagent.demo;

import io.rdsagent.localrds.Login;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that is known when the application has ended.
 *
 * @param plan what was to happen
 * @param exitStatus of the application
 * @param app what the application said
 * @param sessions what the servers said
 * @param accepted logins with tokens that the servers let in
 * @param refused logins that they did not
 * @param readers the readers' names; the last one is the one that was killed
 * @param killedAt when; null if it did not come to that
 * @param backAt when it answered again; null if it did not come to that
 * @param history sessions by the node's name, once a second
 */
record Facts(
        Plan plan,
        int exitStatus,
        AppReport app,
        SessionBook sessions,
        List<Login> accepted,
        List<Login> refused,
        List<String> readers,
        Instant killedAt,
        Instant backAt,
        List<Map<String, Integer>> history) {

    private static final int LAST_SECONDS = 3;

    String killed() {
        return readers.get(readers.size() - 1);
    }

    /** What no agent could have spared the application. */
    List<AppError> deaths() {
        return app.errors().stream().filter(this::isDeath).toList();
    }

    /** What the application should not have seen. */
    List<AppError> avoidable() {
        return app.errors().stream().filter(error -> !isDeath(error)).toList();
    }

    private boolean isDeath(AppError error) {
        return killedAt != null && error.isDeathOf(killed(), killedAt);
    }

    /** Logins at a node in a stretch of time. */
    long logins(String node, Instant from, Instant to) {
        return accepted.stream()
                .filter(login -> login.node().equals(node))
                .filter(login -> !login.at().isBefore(from) && login.at().isBefore(to))
                .count();
    }

    /** From when on each connection in the pool was made after the killed node's return. */
    Instant settledAt() {
        return backAt.plus(plan.lifetime());
    }

    /** The sessions at a node in the last seconds, on average: at a single moment some are just being replaced. */
    long sessionsAtEnd(String node) {
        return Math.round(history.subList(Math.max(0, history.size() - LAST_SECONDS), history.size()).stream()
                .mapToInt(second -> second.getOrDefault(node, 0))
                .average()
                .orElse(0));
    }
}
