package io.rdsagent.endpoint;

import io.rdsagent.config.Balance;
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

    private final List<Endpoint> endpoints;
    private final Balance balance;
    private final AtomicInteger turn;

    /**
     * @param endpoints at least one
     * @param start where the round begins; random, so that many JVMs together are even too
     */
    public Balancer(List<Endpoint> endpoints, Balance balance, int start) {
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no endpoints");
        }
        this.endpoints = Collections.unmodifiableList(new ArrayList<>(endpoints));
        this.balance = balance;
        this.turn = new AtomicInteger(start);
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    /**
     * The healthy endpoints, each call beginning with the next in turn, and behind them the others, since a probe may
     * be wrong and a connect that has nothing else to try loses nothing. The first of the list is counted as
     * {@link Endpoint#opened} already, so that connects at the same time see each other.
     */
    public List<Endpoint> order() {
        if (balance == Balance.LEAST_CONNECTIONS) {
            return leastFirst();
        }
        List<Endpoint> order = inTurn();
        order.get(0).opened();
        return order;
    }

    private synchronized List<Endpoint> leastFirst() {
        List<Endpoint> order = inTurn();
        // Counted once: a sort by what changes meanwhile may fail.
        Map<Endpoint, Integer> open = new HashMap<>();
        for (Endpoint endpoint : order) {
            open.put(endpoint, endpoint.open() + (endpoint.isHealthy() ? 0 : BEHIND_ALL));
        }
        order.sort(Comparator.comparing(open::get));
        order.get(0).opened();
        return order;
    }

    private List<Endpoint> inTurn() {
        List<Endpoint> healthy = new ArrayList<>(endpoints.size());
        List<Endpoint> others = new ArrayList<>(0);
        for (Endpoint endpoint : endpoints) {
            (endpoint.isHealthy() ? healthy : others).add(endpoint);
        }
        int start = turn.getAndIncrement();
        rotate(healthy, start);
        rotate(others, start);
        healthy.addAll(others);
        return healthy;
    }

    private static void rotate(List<Endpoint> endpoints, int start) {
        if (endpoints.size() > 1) {
            Collections.rotate(endpoints, -Math.floorMod(start, endpoints.size()));
        }
    }
}
