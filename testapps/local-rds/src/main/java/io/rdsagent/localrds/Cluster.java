package io.rdsagent.localrds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is the writer, who follows whom, and how that changes. */
final class Cluster {

    private static final Duration FOLLOW_LIMIT = Duration.ofSeconds(10);

    private final Unprivileged user;

    /** Nodes whose data may have gone another way than the present writer's. */
    private final Set<Node> astray = new HashSet<>();

    private List<Node> nodes = List.of();
    private Node writer;
    private Names names;
    private boolean ended;

    Cluster(Unprivileged user) {
        this.user = user;
    }

    /** Takes the nodes, which were made for this cluster; the first one, which runs, is the writer. */
    synchronized void form(List<Node> members, Names clusterNames) {
        nodes = List.copyOf(members);
        writer = nodes.get(0);
        names = clusterNames;
    }

    /** Ends a server for good; none starts after this. */
    synchronized void end(PostgresServer server) {
        ended = true;
        server.kill();
    }

    synchronized Node writer() {
        return writer;
    }

    synchronized boolean running(Node node) {
        return node.server().running();
    }

    synchronized boolean frozen(Node node) {
        return node.server().frozen();
    }

    synchronized void kill(Node node) {
        node.front().close();
        node.server().kill();
        noteAbsent(node);
    }

    synchronized void stop(Node node) {
        node.front().close();
        node.server().stop();
        noteAbsent(node);
    }

    synchronized void freeze(Node node) {
        requireRunning(node);
        node.front().freeze();
        node.server().freeze();
        noteAbsent(node);
    }

    synchronized void thaw(Node node) {
        if (!node.server().running()) {
            start(node);
            return;
        }
        node.server().thaw();
        node.front().thaw();
        notePresent(node);
    }

    synchronized void start(Node node) {
        if (node.server().running()) {
            return;
        }
        try {
            if (astray.contains(node)) {
                copyFromWriter(node);
            }
            launch(node);
            if (node != writer && answering(writer)) {
                awaitFollowing(node);
            }
            notePresent(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void launch(Node node) throws IOException {
        if (ended) {
            throw new LocalRdsException("The cluster was closed; " + node.name() + " cannot start any more.");
        }
        configure(node);
        user.handOver(node.server().data());
        node.server().start();
        node.front().open();
    }

    private void configure(Node node) throws IOException {
        Optional<ServerSettings> primary = node == writer ? Optional.empty() : Optional.of(writer.settings());
        node.settings().write(node.server().data(), primary);
    }

    synchronized void promote(Node node, boolean namesFollow) {
        requireRunning(node);
        if (node == writer) {
            throw new LocalRdsException(node.name() + " is the writer already; promote a standby.");
        }
        Node old = writer;
        boolean returns = answering(old);
        stop(old);
        nodes.stream().filter(other -> !other.server().running()).forEach(astray::add);
        try {
            node.server().admin().query("postgres", "SELECT pg_promote(true, 4)");
            awaitWriting(node);
            writer = node;
            followNewWriter(node);
            if (namesFollow) {
                pointNames();
            }
            if (returns) {
                start(old);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitWriting(Node node) {
        Await.until(
                () -> answer(node, "SELECT pg_is_in_recovery()").equals(Optional.of("f")),
                FOLLOW_LIMIT,
                () -> node.name() + " was promoted and is still in recovery.");
    }

    private void followNewWriter(Node node) throws IOException {
        node.settings().write(node.server().data(), Optional.empty());
        for (Node standby : nodes) {
            if (standby != node && standby.server().running()) {
                configure(standby);
                user.handOver(standby.server().data());
                standby.server().reload();
            }
        }
        for (Node standby : nodes) {
            if (standby != node && answering(standby)) {
                followOrCopy(standby);
            }
        }
    }

    /** A standby that had replayed more than the new writer cannot follow it; RDS would rebuild it too. */
    private void followOrCopy(Node standby) throws IOException {
        try {
            awaitFollowing(standby);
        } catch (LocalRdsException e) {
            stop(standby);
            copyFromWriter(standby);
            launch(standby);
            awaitFollowing(standby);
            notePresent(standby);
        }
    }

    private void pointNames() throws IOException {
        names.pointCluster(writer);
        List<Node> readers = nodes.stream()
                .filter(reader -> reader != writer && answering(reader))
                .limit(1)
                .toList();
        names.pointReader(readers.isEmpty() ? List.of(writer) : readers);
    }

    private void copyFromWriter(Node node) throws IOException {
        if (!answering(writer)) {
            throw new LocalRdsException(node.name() + " missed a promotion and must be copied from the writer "
                    + writer.name() + ", which does not run. Start that one first, or promote another.");
        }
        Path data = node.server().data();
        DataDirectory.delete(data);
        try (AdminClient.Session session = writer.server().admin().open("postgres")) {
            boolean old = session.query("SELECT current_setting('server_version_num')::int < 150000")
                    .get(0)
                    .get(0)
                    .equals("t");
            session.query(old ? "SELECT pg_start_backup('copy', true, false)" : "SELECT pg_backup_start('copy', true)");
            DataDirectory.copy(writer.server().data(), data);
            String stop = old ? "pg_stop_backup(false, false)" : "pg_backup_stop(false)";
            String label = session.query("SELECT labelfile FROM " + stop).get(0).get(0);
            Files.writeString(data.resolve("backup_label"), label);
        }
        astray.remove(node);
    }

    private void awaitFollowing(Node standby) {
        Await.until(
                () -> answer(
                                writer,
                                "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'"
                                        + " AND application_name = '" + standby.name() + "'")
                        .equals(Optional.of("1")),
                FOLLOW_LIMIT,
                () -> standby.name() + " does not stream from the writer " + writer.name() + ".");
    }

    private static Optional<String> answer(Node node, String sql) {
        try {
            return Optional.of(node.server().admin().value("postgres", sql));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean answering(Node node) {
        return node.server().running() && !node.server().frozen();
    }

    private static void requireRunning(Node node) {
        if (!answering(node)) {
            throw new LocalRdsException(node.name() + " is not running or is frozen; start or thaw it first.");
        }
    }

    private void noteAbsent(Node node) {
        try {
            names.absent(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void notePresent(Node node) {
        try {
            names.present(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
