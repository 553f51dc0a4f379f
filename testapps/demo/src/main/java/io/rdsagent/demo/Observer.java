package io.rdsagent.demo;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Asks the servers themselves, several times a second, who is connected. */
final class Observer implements AutoCloseable {

    private static final long PERIOD_MILLIS = 200;
    /** The session in which the agent itself asks for the instances is in no pool, and has no lifetime. */
    private static final String SQL =
            "SELECT pid, extract(epoch FROM backend_start) * 1000, extract(epoch FROM xact_start) * 1000,"
                    + " extract(epoch FROM clock_timestamp()) * 1000"
                    + " FROM pg_stat_activity WHERE backend_type = 'client backend' AND usename = ?"
                    + " AND query NOT LIKE '%aurora_replica_status%'";

    private final LocalRds rds;
    private final SessionBook book;
    private final Map<Node, Connection> connections = new HashMap<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    private Observer(LocalRds rds, SessionBook book) {
        this.rds = rds;
        this.book = book;
    }

    /** Observes until it is closed. */
    static Observer start(LocalRds rds, SessionBook book) {
        Observer observer = new Observer(rds, book);
        var unused = observer.timer.scheduleAtFixedRate(observer::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        return observer;
    }

    private void look() {
        Map<String, List<Session>> seen = new HashMap<>();
        for (Node node : rds.nodes()) {
            ask(node).ifPresent(sessions -> seen.put(node.name(), sessions));
        }
        book.write(Instant.now(), seen);
    }

    /** Empty if the node does not answer, as a killed one. */
    private Optional<List<Session>> ask(Node node) {
        try {
            if (!connections.containsKey(node)) {
                connections.put(
                        node, DriverManager.getConnection(rds.adminUrl(node) + "&connectTimeout=1&socketTimeout=2"));
            }
            return Optional.of(ask(node, connections.get(node)));
        } catch (SQLException e) {
            forget(node);
            return Optional.empty();
        }
    }

    private List<Session> ask(Node node, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setString(1, rds.user());
            List<Session> sessions = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Session.Id id = new Session.Id(node.name(), row.getInt(1), instant(row.getLong(2)));
                    long transactionAt = row.getLong(3);
                    Optional<Instant> transaction =
                            row.wasNull() ? Optional.empty() : Optional.of(instant(transactionAt));
                    sessions.add(new Session(id, instant(row.getLong(4)), transaction));
                }
            }
            return sessions;
        }
    }

    private static Instant instant(long millis) {
        return Instant.ofEpochMilli(millis);
    }

    private void forget(Node node) {
        Connection broken = connections.remove(node);
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                // It is broken, which is why it goes.
                return;
            }
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List.copyOf(connections.keySet()).forEach(this::forget);
    }
}
