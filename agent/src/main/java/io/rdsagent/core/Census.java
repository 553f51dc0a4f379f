package io.rdsagent.core;

import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Databases;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Topology;
import io.rdsagent.lease.Holder;
import io.rdsagent.lease.Lease;
import io.rdsagent.lease.Leases;
import io.rdsagent.observe.status.ConnectionStatus;
import io.rdsagent.observe.status.ConnectionStatus.Use;
import io.rdsagent.observe.status.DatabaseStatus;
import io.rdsagent.observe.status.EndpointStatus;
import io.rdsagent.observe.status.EndpointStatus.Part;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** All databases, endpoints and connections as they are now, for those who show them. Waits for nothing. */
final class Census implements Supplier<List<DatabaseStatus>> {

    private final Databases databases;
    private final Leases leases;
    private final Clock clock;

    Census(Databases databases, Leases leases, Clock clock) {
        this.databases = databases;
        this.leases = leases;
        this.clock = clock;
    }

    @Override
    public List<DatabaseStatus> get() {
        Map<Database, List<ConnectionStatus>> connections = new LinkedHashMap<>();
        databases.known().forEach(database -> connections.put(database, new ArrayList<>()));
        long now = clock.millis();
        for (Lease lease : leases.all()) {
            connections
                    .computeIfAbsent(lease.database(), chosenByADriver -> new ArrayList<>())
                    .add(status(lease, now));
        }
        List<DatabaseStatus> all = new ArrayList<>();
        connections.forEach((database, its) -> all.add(status(database, its)));
        return all;
    }

    private static DatabaseStatus status(Database database, List<ConnectionStatus> connections) {
        List<EndpointStatus> endpoints = new ArrayList<>();
        for (Endpoint endpoint : shown(database)) {
            endpoints.add(new EndpointStatus(
                    endpoint.toString(),
                    endpoint.role() == null ? null : word(endpoint.role()),
                    endpoint.state(),
                    part(database, endpoint)));
        }
        Duration lifetime = database.config().lifetime().duration();
        return new DatabaseStatus(
                database.toString(),
                word(database.config().balance()),
                lifetime == null ? null : lifetime.minus(database.config().lifetimeMargin()),
                database.topologyAge(),
                endpoints,
                connections);
    }

    private static Part part(Database database, Endpoint endpoint) {
        if (!database.endpoints().contains(endpoint)) {
            return endpoint.open() > 0 ? Part.LEFT : Part.NONE;
        }
        return endpoint.isDrained() ? Part.DRAINED : Part.WANTED;
    }

    /** The instances, once they are known; and what else has connections. */
    private static List<Endpoint> shown(Database database) {
        Topology topology = database.topology();
        List<Endpoint> shown = new ArrayList<>(topology.all());
        shown.removeIf(endpoint -> topology.isLearnt()
                && endpoint.open() == 0
                && !topology.members().contains(endpoint));
        return shown;
    }

    private static ConnectionStatus status(Lease lease, long now) {
        Holder holder = lease.holder();
        return new ConnectionStatus(
                lease.endpoint().toString(),
                holder == null ? null : holder.description(),
                use(holder),
                lease.loginAt(),
                lease.deadline(),
                lease.isPast(now) ? lease.reason() : null);
    }

    private static Use use(Holder holder) {
        long lastUse = holder == null ? Holder.UNKNOWN : holder.lastUse();
        if (lastUse == Holder.UNKNOWN) {
            return Use.UNKNOWN;
        }
        return lastUse == Holder.IN_USE ? Use.IN_USE : Use.IDLE;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
