package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.event.HealthChange;
import io.rdsagent.given.Configured;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Endpoints that a balancer puts into an order, and how they fare. */
final class Balanced {

    static List<Endpoint> endpoints(List<Boolean> healthy) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (boolean serves : healthy) {
            Endpoint endpoint = Configured.endpoint("db-" + endpoints.size() + ":5432");
            endpoint.state(serves ? HealthChange.State.SERVING : HealthChange.State.SILENT);
            endpoints.add(endpoint);
        }
        return endpoints;
    }

    /** How often one of them is first. */
    static int share(Balancer balancer, Endpoint of, int connects) {
        int share = 0;
        for (int i = 0; i < connects; i++) {
            share += balancer.order().get(0) == of ? 1 : 0;
        }
        return share;
    }

    /** By how much the busiest of those that can be first differs from the idlest; the others have to be idle. */
    static int spread(List<Boolean> healthy, List<Endpoint> endpoints) {
        List<Integer> counts = new ArrayList<>();
        for (Endpoint endpoint : endpoints) {
            if (endpoint.isHealthy() || !healthy.contains(true)) {
                counts.add(endpoint.open());
            } else {
                assertThat(endpoint.open()).isZero();
            }
        }
        return Collections.max(counts) - Collections.min(counts);
    }

    private Balanced() {}
}
