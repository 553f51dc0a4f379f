package io.rdsagent.endpoint;

import io.rdsagent.config.DatabaseConfig;
import java.util.List;

/** One logical database: what was asked for, and the endpoints that serve it to one kind of URL. */
public final class Database {

    private final DatabaseConfig config;
    private final String label;
    private final Balancer balancer;
    private final Probe.Handshake handshake;

    public Database(DatabaseConfig config, String label, Balancer balancer) {
        this(config, label, balancer, null);
    }

    /** @param handshake by which its servers are probed; null for the usual one */
    Database(DatabaseConfig config, String label, Balancer balancer, Probe.Handshake handshake) {
        this.handshake = handshake;
        this.config = config;
        this.label = label;
        this.balancer = balancer;
    }

    public DatabaseConfig config() {
        return config;
    }

    public Balancer balancer() {
        return balancer;
    }

    Probe.Handshake handshake() {
        return handshake;
    }

    public List<Endpoint> endpoints() {
        return balancer.endpoints();
    }

    /** Whether another endpoint than this one serves. */
    public boolean hasAlternativeTo(Endpoint endpoint) {
        for (Endpoint other : endpoints()) {
            if (other != endpoint && other.isHealthy()) {
                return true;
            }
        }
        return false;
    }

    /** As messages name it: the configuration's name, or the host of the URL that matched. */
    @Override
    public String toString() {
        return label;
    }
}
