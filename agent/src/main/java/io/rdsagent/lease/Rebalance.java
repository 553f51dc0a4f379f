package io.rdsagent.lease;

import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Reason;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * Evens out what a change of the endpoints has left uneven. One connection at a time leaves the endpoint that has most, the
 * sooner the more it has in excess, and the one that takes its place goes to the endpoint that has fewest. Many JVMs see
 * the same change at the same time, so each waits for a while of its own.
 */
public final class Rebalance {

    private static final long SHORTEST_MILLIS = 5_000;
    private static final long LONGEST_MILLIS = 120_000;

    private final Leases leases;
    private final Retirement retirement;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Map<Database, Long> due = new HashMap<>();

    /** @param random from 0 to 1, for how long each waits */
    public Rebalance(Leases leases, Retirement retirement, Clock clock, DoubleSupplier random) {
        this.leases = leases;
        this.retirement = retirement;
        this.clock = clock;
        this.random = random;
    }

    /** One look at all databases; to be taken every second or so, on one thread at a time. */
    public void look() {
        long now = clock.millis();
        Map<Database, List<Lease>> open = byDatabase(leases.all(), now);
        due.keySet().retainAll(open.keySet());
        open.forEach((database, those) -> look(database, those, now));
    }

    /** Those that are past their time leave anyway. */
    private static Map<Database, List<Lease>> byDatabase(Collection<Lease> all, long now) {
        Map<Database, List<Lease>> open = new LinkedHashMap<>();
        for (Lease lease : all) {
            if (!lease.isPast(now)) {
                open.computeIfAbsent(lease.database(), any -> new ArrayList<>()).add(lease);
            }
        }
        return open;
    }

    private void look(Database database, List<Lease> open, long now) {
        Shares shares = new Shares(database, open, now);
        int excess = shares.excess();
        if (excess == 0) {
            due.remove(database);
            return;
        }
        Long at = due.get(database);
        if (at != null && now >= at) {
            at = null;
            Lease leaving = shares.leaving();
            if (leaving != null) {
                database.balancer().evenOut(1);
                leaving.retire(Reason.REBALANCED, now);
                retirement.hurry();
                excess--;
            }
        }
        if (at == null) {
            due.put(database, now + wait(Math.max(1, excess)));
        }
    }

    private long wait(int excess) {
        return (long) (SHORTEST_MILLIS + (LONGEST_MILLIS - SHORTEST_MILLIS) * random.getAsDouble()) / excess;
    }

    /**
     * How the connections of one database are spread over the endpoints where they belong. One that has just joined is not
     * counted yet: what left for it would find that it is to get little.
     */
    private static final class Shares {

        private final Map<Endpoint, List<Lease>> by = new LinkedHashMap<>();
        /** In another zone than the one that is preferred. */
        private final List<Lease> astray = new ArrayList<>();

        private int all;
        private List<Lease> fullest = new ArrayList<>();

        Shares(Database database, List<Lease> open, long now) {
            List<Endpoint> preferred = database.balancer().preferred();
            for (Endpoint endpoint : preferred) {
                if (endpoint.isWarm(now)) {
                    by.put(endpoint, new ArrayList<>());
                }
            }
            for (Lease lease : open) {
                List<Lease> there = by.get(lease.endpoint());
                if (there != null) {
                    there.add(lease);
                    all++;
                } else if (!by.isEmpty() && isAstray(lease.endpoint(), database, preferred)) {
                    astray.add(lease);
                }
            }
            for (List<Lease> there : by.values()) {
                fullest = there.size() > fullest.size() ? there : fullest;
            }
        }

        private static boolean isAstray(Endpoint endpoint, Database database, List<Endpoint> preferred) {
            return endpoint.isFit() && database.endpoints().contains(endpoint) && !preferred.contains(endpoint);
        }

        /** How many are astray, or how many the fullest has above its share; 0 where none has two fewer than another. */
        int excess() {
            if (oldestPooled(astray) != null) {
                return astray.size();
            }
            for (List<Lease> there : by.values()) {
                if (fullest.size() - there.size() > 1) {
                    return Math.max(1, fullest.size() - (all + by.size() - 1) / by.size());
                }
            }
            return 0;
        }

        Lease leaving() {
            Lease lost = oldestPooled(astray);
            return lost == null ? oldestPooled(fullest) : lost;
        }

        private static Lease oldestPooled(List<Lease> leases) {
            Lease oldest = null;
            for (Lease lease : leases) {
                if (lease.isPooled() && (oldest == null || lease.loginAt() < oldest.loginAt())) {
                    oldest = lease;
                }
            }
            return oldest;
        }
    }
}
