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

    /** In how many steps an endpoint that has joined comes to its share. */
    private static final int STEPS = 4;

    private final Balance balance;
    /** Null where all are alike. */
    private final String zone;

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
        this(endpoints, balance, null, start, Clock.systemUTC());
    }

    /**
     * @param zone whose endpoints are preferred; null where all are alike
     * @param clock by which an endpoint that has joined comes to its share
     */
    public Balancer(List<Endpoint> endpoints, Balance balance, String zone, int start, Clock clock) {
        this.topology = Topology.named(endpoints);
        this.balance = balance;
        this.zone = zone;
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
     * Those that are fit, each call beginning with the next in turn, those in the zone that is preferred before the others;
     * and behind them those that are not, since a probe may be wrong and a connect that has nothing else to try loses
     * nothing. The first of the list is counted as {@link Endpoint#opened} already, so that connects at the same time see
     * each other.
     */
    public List<Endpoint> order() {
        Topology now = topology;
        if (balance == Balance.LEAST_CONNECTIONS) {
            return leastFirst(now, turn.getAndIncrement());
        }
        if (uneven.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            // Out of turn: whose turn it is would have got it anyway, and nothing would be evened out.
            return leastFirst(now, turn.get());
        }
        return begun(inTurn(now, turn.getAndIncrement()), now);
    }

    private synchronized List<Endpoint> leastFirst(Topology now, int start) {
        Ranks ranks = inTurn(now, start);
        sortByOpen(ranks.preferred);
        sortByOpen(ranks.others);
        ranks.unfit.sort(Comparator.comparingInt(Endpoint::open));
        return begun(ranks, now);
    }

    private static List<Endpoint> begun(Ranks ranks, Topology now) {
        List<Endpoint> order = ranks.preferred;
        order.addAll(ranks.others);
        // What failed longest ago is likeliest to be back. What a person has ordered to be left comes last.
        ranks.unfit.sort(Comparator.comparing(Endpoint::isDrained).thenComparing(Endpoint::failedAt));
        order.addAll(ranks.unfit);
        order.addAll(now.lastResort());
        order.get(0).opened();
        return order;
    }

    private void sortByOpen(List<Endpoint> fit) {
        // Counted once: a sort by what changes meanwhile may fail.
        Map<Endpoint, Double> open = new HashMap<>();
        for (Endpoint endpoint : fit) {
            open.put(endpoint, (double) endpoint.open());
        }
        addForWarmth(open);
        fit.sort(Comparator.comparing(open::get));
    }

    /** One that has joined is taken for as full as the fullest other at first, and less so with time. */
    private void addForWarmth(Map<Endpoint, Double> open) {
        long now = clock.millis();
        double most = 0;
        for (Map.Entry<Endpoint, Double> one : open.entrySet()) {
            if (one.getKey().isWarm(now)) {
                most = Math.max(most, one.getValue());
            }
        }
        double full = most;
        open.replaceAll((endpoint, count) -> {
            double cold = 1 - endpoint.warmth(now);
            return cold == 0 || count >= full ? count : count + (full - count) * cold;
        });
    }

    /** Where connections belong now: those that are fit, of them those in the zone that is preferred; none if none is fit. */
    public List<Endpoint> preferred() {
        List<Endpoint> fit = fit();
        fit.removeAll(takeFar(fit));
        return fit;
    }

    /** Those that serve and to which new connections may go, as they are now. */
    List<Endpoint> fit() {
        List<Endpoint> fit = new ArrayList<>(topology.serving());
        fit.removeIf(endpoint -> !endpoint.isFit());
        return fit;
    }

    private Ranks inTurn(Topology now, int start) {
        Ranks ranks = new Ranks();
        for (Endpoint endpoint : now.serving()) {
            (endpoint.isFit() ? ranks.preferred : ranks.unfit).add(endpoint);
        }
        ranks.others.addAll(takeFar(ranks.preferred));
        List<Endpoint> cold = takeCold(ranks.preferred, start);
        rotate(ranks.preferred, start);
        rotate(ranks.others, start);
        rotate(ranks.unfit, start);
        ranks.preferred.addAll(cold);
        return ranks;
    }

    /**
     * Takes those away that are not in the zone that is preferred, while one that is gets its full share. One alone that has
     * just joined gets no more of the load than it would without a zone.
     */
    private List<Endpoint> takeFar(List<Endpoint> fit) {
        long now = clock.millis();
        List<Endpoint> far = new ArrayList<>(0);
        boolean isNear = false;
        for (Endpoint endpoint : zone == null ? Collections.<Endpoint>emptyList() : fit) {
            if (zone.equals(endpoint.zone())) {
                isNear |= endpoint.isWarm(now);
            } else {
                far.add(endpoint);
            }
        }
        if (!isNear) {
            far.clear();
        }
        fit.removeAll(far);
        return far;
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

    /** Those that serve, by how gladly a connect goes there. */
    private static final class Ranks {
        private final List<Endpoint> preferred = new ArrayList<>();
        private final List<Endpoint> others = new ArrayList<>(0);
        private final List<Endpoint> unfit = new ArrayList<>(0);
    }
}
