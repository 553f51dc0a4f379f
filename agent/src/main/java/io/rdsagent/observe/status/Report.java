package io.rdsagent.observe.status;

import io.rdsagent.event.HealthChange;
import io.rdsagent.event.Json;
import io.rdsagent.observe.status.EndpointStatus.Part;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
        return new Json()
                .with("version", VERSION)
                .with("agent", agent)
                .with("startedAt", startedAt)
                .with("now", clock.millis())
                .with("up", isUp(all))
                .with("troubles", troubles(all))
                .with("databases", each(all, this::json))
                .withAll(history.json())
                .toString();
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
        return new Health(
                up,
                new Json()
                        .with("status", word(up))
                        .with("troubles", troubles(asked))
                        .with(
                                "databases",
                                each(
                                        asked,
                                        database -> new Json()
                                                .with("name", database.name)
                                                .with(
                                                        "status",
                                                        word(readiness
                                                                .of(database)
                                                                .isEmpty()))))
                        .toString());
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
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

    private Json json(DatabaseStatus database) {
        return new Json()
                .with("name", database.name)
                .with("up", readiness.of(database).isEmpty())
                .with("balance", database.balance)
                .with("lifetimeMillis", database.lifetime == null ? null : database.lifetime.toMillis())
                .with("topologyAgeMillis", database.topologyAge == null ? null : database.topologyAge.toMillis())
                .with(
                        "endpoints",
                        each(
                                database.endpoints,
                                endpoint -> new Json()
                                        .with("address", endpoint.address)
                                        .with("role", endpoint.role)
                                        .with("health", endpoint.part == Part.NONE ? "unasked" : word(endpoint.state))
                                        .with("wanted", endpoint.part == Part.WANTED)
                                        .with("drained", endpoint.part == Part.DRAINED)
                                        .with("connections", count(database, endpoint))))
                .with("connectionCount", database.connections.size())
                .with("connections", each(first(database.connections), Report::json));
    }

    private static List<ConnectionStatus> first(List<ConnectionStatus> connections) {
        return connections.size() > MOST_CONNECTIONS ? connections.subList(0, MOST_CONNECTIONS) : connections;
    }

    private static long count(DatabaseStatus database, EndpointStatus endpoint) {
        return database.connections.stream()
                .filter(connection -> connection.endpoint.equals(endpoint.address))
                .count();
    }

    private static Json json(ConnectionStatus connection) {
        return new Json()
                .with("endpoint", connection.endpoint)
                .with("pool", connection.pool)
                .with("use", connection.use)
                .with("loginAt", connection.loginAt)
                .with("deadline", connection.hasDeadline() ? connection.deadline : null)
                .with("past", connection.past);
    }

    private static <T> List<Json> each(List<T> all, Function<T, Json> written) {
        return all.stream().map(written).collect(Collectors.toList());
    }

    private static String word(HealthChange.State state) {
        return state.name().toLowerCase(Locale.ROOT);
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
