package io.rdsagent.endpoint;

import io.rdsagent.config.DatabaseConfig;
import java.util.List;

/** One logical database: what was asked for, and the endpoints that serve it to one kind of URL. */
public final class Database {

    private final DatabaseConfig config;
    private final String label;
    private final Balancer balancer;

    public Database(DatabaseConfig config, String label, Balancer balancer) {
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
