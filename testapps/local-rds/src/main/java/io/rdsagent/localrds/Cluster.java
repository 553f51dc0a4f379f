package io.rdsagent.localrds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is the writer, who follows whom, and how that changes. */
final class Cluster {

    private static final Duration FOLLOW_LIMIT = Duration.ofSeconds(10);

    /** Nodes whose data may have gone another way than the present writer's. */
    private final Set<Node> astray = new HashSet<>();

    /** What keeps the nodes that are cut off from being dialled. */
    private final Map<Node, Backlog> cutOff = new HashMap<>();

    private List<Node> nodes = List.of();
    private Node writer;
    private Names names;
    private boolean ended;

    /** Takes the nodes, which were made for this cluster; the first one, which runs, is the writer. */
    synchronized void form(List<Node> members, Names clusterNames) {
        nodes = List.copyOf(members);
        writer = nodes.get(0);
        names = clusterNames;
    }

    /** Ends a server for good; none starts after this. */
    synchronized void end(ServerProcess process) {
        ended = true;
        process.kill();
    }

    synchronized Node writer() {
        return writer;
    }

    synchronized boolean running(Node node) {
        return node.process().running();
    }

    synchronized boolean frozen(Node node) {
        return node.process().frozen();
    }

    synchronized void kill(Node node) {
        reopen(node);
        node.front().close();
        node.process().kill();
        noteAbsent(node);
    }

    synchronized void stop(Node node) {
        reopen(node);
        node.front().close();
        node.process().stop();
        noteAbsent(node);
    }

    synchronized void freeze(Node node) {
        requireRunning(node);
        node.front().freeze();
        node.process().freeze();
        noteAbsent(node);
    }

    synchronized void cutOff(Node node) {
        freeze(node);
        cutOff.put(node, Backlog.fill(new InetSocketAddress(node.address(), node.port())));
    }

    private void reopen(Node node) {
        Backlog backlog = cutOff.remove(node);
        if (backlog != null) {
            backlog.close();
        }
    }

    synchronized void thaw(Node node) {
        reopen(node);
        if (astray.contains(node)) {
            kill(node);
        }
        if (!node.process().running()) {
            start(node);
            return;
        }
        node.process().thaw();
        node.front().thaw();
        followWriter(node);
        notePresent(node);
    }

    /** A standby that was frozen may have missed a promotion. */
    private void followWriter(Node node) {
        try {
            if (node != writer) {
                node.server().follow(writer.server());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    synchronized void start(Node node) {
        if (node.process().running()) {
            return;
        }
        try {
            if (astray.contains(node)) {
                copyFromWriter(node);
            }
            launch(node);
            if (node != writer && writer.process().answering()) {
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
        boolean standby = node != writer;
        node.server().configure(standby ? Optional.of(writer.server()) : Optional.empty());
        node.process().start();
        if (standby) {
            node.server().follow(writer.server());
        }
        node.front().open();
    }

    synchronized void promote(Node node, boolean namesFollow) {
        requireRunning(node);
        if (node == writer) {
            throw new LocalRdsException(node.name() + " is the writer already; promote a standby.");
        }
        Node old = writer;
        boolean returns = old.process().answering();
        if (old.process().frozen()) {
            // Nobody can end it, and what waits for it goes on waiting.
            astray.add(old);
        } else {
            stop(old);
        }
        noteThoseThatMissIt();
        try {
            node.server().promote();
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

    private void noteThoseThatMissIt() {
        nodes.stream().filter(other -> !other.process().running()).forEach(astray::add);
    }

    synchronized void switchOver(Node node) {
        requireRunning(node);
        requireRunning(writer);
        if (node == writer) {
            throw new LocalRdsException(node.name() + " is the writer already; switch over to a standby.");
        }
        Node old = writer;
        noteThoseThatMissIt();
        try {
            String position = old.server().demote();
            node.server().catchUp(position);
            node.server().promote();
            writer = node;
            followNewWriter(node);
            pointNames();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void followNewWriter(Node node) throws IOException {
        for (Node standby : nodes) {
            if (standby != node && standby.process().answering()) {
                standby.server().follow(node.server());
            }
        }
        for (Node standby : nodes) {
            if (standby != node && standby.process().answering()) {
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
                .filter(reader -> reader != writer && reader.process().answering())
                .limit(1)
                .toList();
        names.pointReader(readers.isEmpty() ? List.of(writer) : readers);
    }

    private void copyFromWriter(Node node) throws IOException {
        if (!writer.process().answering()) {
            throw new LocalRdsException(node.name() + " missed a promotion and must be copied from the writer "
                    + writer.name() + ", which does not run. Start that one first, or promote another.");
        }
        node.server().copyFrom(writer.server());
        astray.remove(node);
    }

    private void awaitFollowing(Node standby) {
        Await.until(
                () -> standby.server().follows(writer.server()),
                FOLLOW_LIMIT,
                () -> standby.name() + " does not follow the writer " + writer.name() + ".");
    }

    private static void requireRunning(Node node) {
        if (!node.process().answering()) {
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
