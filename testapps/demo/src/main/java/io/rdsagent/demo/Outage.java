package io.rdsagent.demo;

import java.time.Instant;

/**
 * A node that was killed.
 *
 * @param node its name
 * @param killedAt when
 * @param backAt when it answered again; null as long as it does not
 * @param transfersUntilBack how many the application had made by then
 */
record Outage(String node, Instant killedAt, Instant backAt, long transfersUntilBack) {

    static Outage begins(String node, Instant killedAt) {
        return new Outage(node, killedAt, null, 0);
    }

    Outage over(Instant at, long transfers) {
        return new Outage(node, killedAt, at, transfers);
    }

    boolean isOver() {
        return backAt != null;
    }
}
