package io.rdsagent.observe.metrics;

import io.rdsagent.observe.status.ConnectionStatus;
import io.rdsagent.observe.status.ConnectionStatus.Use;
import io.rdsagent.observe.status.DatabaseStatus;
import io.rdsagent.observe.status.EndpointStatus;
import java.time.Clock;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The gauges' figures; counted once for all that are read together. What is there no more is not a number. */
final class Tally {

    private static final long FRESH_MILLIS = 1_000;

    private final Supplier<List<DatabaseStatus>> source;
    private final Clock clock;
    private List<DatabaseStatus> databases;
    private long countedAt;

    Tally(Supplier<List<DatabaseStatus>> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    private synchronized List<DatabaseStatus> databases() {
        long now = clock.millis();
        if (databases == null || Math.abs(now - countedAt) >= FRESH_MILLIS) {
            databases = source.get();
            countedAt = now;
        }
        return databases;
    }

    double connections(String database, String endpoint, Use use) {
        return count(database, endpoint, connection -> connection.use == use);
    }

    double past(String database, String endpoint) {
        return count(database, endpoint, connection -> connection.past != null);
    }

    private double count(String database, String endpoint, Predicate<ConnectionStatus> which) {
        long count = 0;
        for (DatabaseStatus each : databases()) {
            if (each.name.equals(database)) {
                count += each.connections.stream()
                        .filter(connection -> connection.endpoint.equals(endpoint))
                        .filter(which)
                        .count();
            }
        }
        return (double) count;
    }

    /** Also 0 of one that is gone or has lost the role: a sum over the endpoints then says whether any serves. */
    double up(String database, String endpoint) {
        for (DatabaseStatus each : databases()) {
            for (EndpointStatus one : each.endpoints) {
                if (each.name.equals(database) && one.address.equals(endpoint)) {
                    return one.isUsable() ? 1 : 0;
                }
            }
        }
        return 0;
    }

    double topologyAge(String database) {
        for (DatabaseStatus each : databases()) {
            if (each.name.equals(database) && each.topologyAge != null) {
                return each.topologyAge.toMillis() / 1000.0;
            }
        }
        return Double.NaN;
    }
}
