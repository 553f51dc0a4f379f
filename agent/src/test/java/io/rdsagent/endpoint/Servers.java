package io.rdsagent.endpoint;

import io.rdsagent.event.HealthChange;
import java.util.List;

/** Has a database's servers come and go, for the tests of other packages, as discovery and health would say it. */
public final class Servers {

    private Servers() {}

    /** @param all that serve from now on */
    public static void serve(Database database, List<Endpoint> all) {
        database.balancer().serveBy(Topology.named(all));
    }

    public static void join(Endpoint endpoint, long now) {
        endpoint.warmUp(now);
    }

    public static void isIn(Endpoint endpoint, String zone) {
        endpoint.zone(zone);
    }

    public static void silent(Endpoint endpoint) {
        endpoint.state(HealthChange.State.SILENT);
    }

    public static void dead(Endpoint endpoint) {
        endpoint.state(HealthChange.State.DEAD);
    }

    /** It is back, and comes to its share slowly. */
    public static void back(Endpoint endpoint, long now) {
        endpoint.state(HealthChange.State.SERVING);
        endpoint.warmUp(now);
    }
}
