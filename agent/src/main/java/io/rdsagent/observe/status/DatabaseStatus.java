package io.rdsagent.observe.status;

import java.time.Duration;
import java.util.List;

/** One database as it is now. */
public final class DatabaseStatus {

    public final String name;
    /** How its endpoints are chosen: round-robin. */
    public final String balance;
    /** From a login to its deadline at most; null where connections may live for ever. */
    public final Duration lifetime;
    /** How old the list of endpoints is; null where nobody asks the database for it. */
    public final Duration topologyAge;

    public final List<EndpointStatus> endpoints;
    public final List<ConnectionStatus> connections;

    public DatabaseStatus(
            String name,
            String balance,
            Duration lifetime,
            Duration topologyAge,
            List<EndpointStatus> endpoints,
            List<ConnectionStatus> connections) {
        this.name = name;
        this.balance = balance;
        this.lifetime = lifetime;
        this.topologyAge = topologyAge;
        this.endpoints = endpoints;
        this.connections = connections;
    }
}
