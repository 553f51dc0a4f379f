package io.rdsagent.endpoint;

import io.rdsagent.config.Balance;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts the endpoints that may serve into the order in which one connect tries them. */
public final class Balancer {

    /** More connections than any endpoint takes. */
    private static final int BEHIND_ALL = 1 << 20;

    /** In how many steps an endpoint that has joined comes to its share. */
    private static final int STEPS = 4;

    private final Balance balance;
    private final AtomicInteger turn;
    private final Clock clock;
    /** How many of the next connects are to even out what is uneven. */
    private final AtomicInteger uneven = new AtomicInteger();

    private volatile Topology topology;

    /**
     * @param endpoints at least one
     * @param start where the round begins; random, so that many JVMs together are even too
     */
    public Balancer(List<Endpoint> endpoints, Balance balance, int start) {
        this(endpoints, balance, start, Clock.systemUTC());
    }

    /** @param clock by which an endpoint that has joined comes to its share */
    public Balancer(List<Endpoint> endpoints, Balance balance, int start, Clock clock) {
        this.topology = Topology.named(endpoints);
        this.balance = balance;
        this.turn = new AtomicInteger(start);
        this.clock = clock;
    }

    public List<Endpoint> endpoints() {
        return topology.serving();
    }

    Topology topology() {
        return topology;
    }

    void serveBy(Topology now) {
        topology = now;
    }

    /** The next so many connects begin with the endpoint that has fewest. */
    public void evenOut(int connects) {
        uneven.addAndGet(connects);
    }

    /**
     * The healthy endpoints, each call beginning with the next in turn, and behind them the others, since a probe may
     * be wrong and a connect that has nothing else to try loses nothing. The first of the list is counted as
     * {@link Endpoint#opened} already, so that connects at the same time see each other.
     */
    public List<Endpoint> order() {
        Topology now = topology;
        if (balance == Balance.LEAST_CONNECTIONS || uneven.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            return leastFirst(now);
        }
        List<Endpoint> order = inTurn(now);
        order.get(0).opened();
        return order;
    }

    private synchronized List<Endpoint> leastFirst(Topology now) {
        List<Endpoint> order = inTurn(now);
        int serving = now.serving().size();
        // Counted once: a sort by what changes meanwhile may fail.
        Map<Endpoint, Double> open = new HashMap<>();
        for (Endpoint endpoint : order.subList(0, serving)) {
            open.put(endpoint, endpoint.open() + (isFit(endpoint) ? 0.0 : BEHIND_ALL));
        }
        addForWarmth(open);
        order.subList(0, serving).sort(Comparator.comparing(open::get));
        order.get(0).opened();
        return order;
    }

    /** One that has joined is taken for half as full as the others are at least, and less so with time. */
    private void addForWarmth(Map<Endpoint, Double> open) {
        long now = clock.millis();
        double most = 0;
        for (Map.Entry<Endpoint, Double> one : open.entrySet()) {
            if (isFit(one.getKey()) && one.getKey().warmth(now) == 1) {
                most = Math.max(most, one.getValue());
            }
        }
        double full = most;
        open.replaceAll((endpoint, count) -> {
            double cold = 1 - endpoint.warmth(now);
            return cold == 0 || count >= full ? count : count + (full - count) * cold;
        });
    }

    private static boolean isFit(Endpoint endpoint) {
        return endpoint.isHealthy() && !endpoint.isDrained();
    }

    private List<Endpoint> inTurn(Topology now) {
        List<Endpoint> fit =
                new ArrayList<>(now.serving().size() + now.lastResort().size());
        List<Endpoint> others = new ArrayList<>(0);
        for (Endpoint endpoint : now.serving()) {
            (isFit(endpoint) ? fit : others).add(endpoint);
        }
        // Among those that don't fit, what is drained comes last.
        int start = turn.getAndIncrement();
        List<Endpoint> cold = takeCold(fit, start);
        rotate(fit, start);
        rotate(others, start);
        others.sort(Comparator.comparing(Endpoint::isDrained));
        fit.addAll(cold);
        fit.addAll(others);
        fit.addAll(now.lastResort());
        return fit;
    }

    /** Those that sit out this round: of four rounds one that has joined takes part in one, then in two, in three. */
    private List<Endpoint> takeCold(List<Endpoint> fit, int start) {
        int round = Math.floorMod(Math.floorDiv(start, Math.max(1, fit.size())), STEPS);
        long now = clock.millis();
        List<Endpoint> cold = new ArrayList<>(0);
        for (Endpoint endpoint : fit) {
            if (round >= 1 + (int) (endpoint.warmth(now) * (STEPS - 1))) {
                cold.add(endpoint);
            }
        }
        if (cold.size() == fit.size()) {
            cold.clear();
            return cold;
        }
        fit.removeAll(cold);
        return cold;
    }

    private static void rotate(List<Endpoint> endpoints, int start) {
        if (endpoints.size() > 1) {
            Collections.rotate(endpoints, -Math.floorMod(start, endpoints.size()));
        }
    }
}
