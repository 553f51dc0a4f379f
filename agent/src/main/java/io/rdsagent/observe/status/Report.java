package io.rdsagent.observe.status;

import io.rdsagent.event.HealthChange;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** What {@code /status} and {@code /health} say, as JSON. In it are names, counts and times, and nothing secret. */
public final class Report {

    /** Raised when something is renamed or taken away; what is added does not raise it. */
    private static final int VERSION = 1;
    /** Of one database; the rest is counted. */
    private static final int MOST_CONNECTIONS = 500;

    private final String agent;
    private final Clock clock;
    private final long startedAt;
    private final Supplier<List<DatabaseStatus>> databases;
    private final Readiness readiness;
    private final History history;

    /** @param agent its version */
    public Report(
            String agent, Clock clock, Supplier<List<DatabaseStatus>> databases, Readiness readiness, History history) {
        this.agent = agent;
        this.clock = clock;
        this.startedAt = clock.millis();
        this.databases = databases;
        this.readiness = readiness;
        this.history = history;
    }

    /** {@code /status}. */
    public String status() {
        List<DatabaseStatus> all = databases.get();
        Json json = new Json()
                .object()
                .field("version", VERSION)
                .field("agent", agent)
                .field("startedAt", startedAt)
                .field("now", clock.millis())
                .field("up", isUp(all));
        strings(json, "troubles", troubles(all));
        json.array("databases");
        all.forEach(database -> write(json, database));
        json.endArray();
        history.write(json);
        return json.endObject().toString();
    }

    /**
     * {@code /health}.
     *
     * @param only a database's name; null for all
     */
    public Health health(String only) {
        List<DatabaseStatus> asked = new ArrayList<>(databases.get());
        asked.removeIf(database -> only != null && !database.name.equals(only));
        boolean up = isUp(asked);
        Json json = new Json().object().field("status", up ? "UP" : "DOWN");
        strings(json, "troubles", troubles(asked));
        json.array("databases");
        for (DatabaseStatus database : asked) {
            json.object()
                    .field("name", database.name)
                    .field("status", readiness.of(database).isEmpty() ? "UP" : "DOWN")
                    .endObject();
        }
        return new Health(up, json.endArray().endObject().toString());
    }

    public boolean isUp() {
        return isUp(databases.get());
    }

    private boolean isUp(List<DatabaseStatus> asked) {
        return troubles(asked).isEmpty();
    }

    private List<String> troubles(List<DatabaseStatus> asked) {
        List<String> troubles = new ArrayList<>();
        if (!asked.isEmpty()) {
            troubles.addAll(readiness.ofCredentials());
        }
        asked.forEach(database -> troubles.addAll(readiness.of(database)));
        return troubles;
    }

    private void write(Json json, DatabaseStatus database) {
        json.object()
                .field("name", database.name)
                .field("up", readiness.of(database).isEmpty())
                .field("balance", database.balance)
                .field("lifetimeMillis", database.lifetime == null ? null : database.lifetime.toMillis())
                .field("topologyAgeMillis", database.topologyAge == null ? null : database.topologyAge.toMillis())
                .array("endpoints");
        for (EndpointStatus endpoint : database.endpoints) {
            json.object()
                    .field("address", endpoint.address)
                    .field("role", endpoint.role)
                    .field("health", word(endpoint.state))
                    .field("wanted", endpoint.wanted)
                    .field("connections", count(database, endpoint))
                    .endObject();
        }
        json.endArray().field("connectionCount", database.connections.size()).array("connections");
        for (ConnectionStatus connection : first(database.connections)) {
            write(json, connection);
        }
        json.endArray().endObject();
    }

    private static List<ConnectionStatus> first(List<ConnectionStatus> connections) {
        return connections.size() > MOST_CONNECTIONS ? connections.subList(0, MOST_CONNECTIONS) : connections;
    }

    private static long count(DatabaseStatus database, EndpointStatus endpoint) {
        return database.connections.stream()
                .filter(connection -> connection.endpoint.equals(endpoint.address))
                .count();
    }

    private static void write(Json json, ConnectionStatus connection) {
        json.object()
                .field("endpoint", connection.endpoint)
                .field("pool", connection.pool)
                .field("use", connection.use.toString())
                .field("loginAt", connection.loginAt)
                .field("deadline", connection.hasDeadline() ? connection.deadline : null)
                .field("past", connection.past == null ? null : connection.past.toString())
                .endObject();
    }

    private static String word(HealthChange.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static void strings(Json json, String name, List<String> values) {
        json.array(name);
        values.forEach(json::value);
        json.endArray();
    }

    /** The answer to a probe. */
    public static final class Health {

        public final boolean up;
        public final String json;

        Health(boolean up, String json) {
            this.up = up;
            this.json = json;
        }
    }
}
