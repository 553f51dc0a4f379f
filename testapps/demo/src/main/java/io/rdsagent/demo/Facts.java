package io.rdsagent.demo;

import io.rdsagent.localrds.Login;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known when the application has ended.
 *
 * @param plan what was to happen
 * @param exitStatus of the application
 * @param app what the application said
 * @param sessions what the servers said
 * @param accepted logins with tokens that the servers let in
 * @param refused logins that they did not
 * @param before who was what at the start
 * @param after who was what at the end
 * @param outage empty if it did not come to one
 * @param history sessions by the node's name, once a second
 */
record Facts(
        Plan plan,
        int exitStatus,
        AppReport app,
        SessionBook sessions,
        List<Login> accepted,
        List<Login> refused,
        Roles before,
        Roles after,
        Optional<Outage> outage,
        List<Map<String, Integer>> history) {

    private static final int SECONDS = 3;

    /** What no agent could have spared the application. */
    List<AppError> deaths() {
        return app.errors().stream().filter(this::isDeath).toList();
    }

    /** What the application should not have seen. */
    List<AppError> avoidable() {
        return app.errors().stream().filter(error -> !isDeath(error)).toList();
    }

    private boolean isDeath(AppError error) {
        return outage.filter(one -> error.isDeathOf(one.node(), one.killedAt())).isPresent();
    }

    /** Logins at a node in a stretch of time. */
    long logins(String node, Instant from, Instant to) {
        return accepted.stream()
                .filter(login -> login.node().equals(node))
                .filter(login -> !login.at().isBefore(from) && login.at().isBefore(to))
                .count();
    }

    boolean outageIsOver() {
        return outage.filter(Outage::isOver).isPresent();
    }

    /** The sessions at a node in the seconds before this one, on average: at a single moment some are just being replaced. */
    long sessions(String node, int before) {
        int end = Math.min(before, history.size());
        return Math.round(history.subList(Math.max(0, end - SECONDS), end).stream()
                .mapToInt(second -> second.getOrDefault(node, 0))
                .average()
                .orElse(0));
    }
}
