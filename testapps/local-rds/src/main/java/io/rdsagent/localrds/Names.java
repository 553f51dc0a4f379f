package io.rdsagent.localrds;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The cluster's DNS, as a file for {@code -Djdk.net.hosts.file}, and its list of instances, as a file for the SQL functions. */
final class Names {

    private final ClusterNames names;
    private final List<Node> nodes;
    private final Path hostsFile;
    private final Path instancesFile;
    private final Clock clock;
    private final TreeMap<String, Instant> gone = new TreeMap<>();

    private Node writer;
    private List<Node> readers;

    Names(ClusterNames names, List<Node> nodes, Path hostsFile, Path instancesFile, Clock clock) {
        this.names = names;
        this.nodes = nodes;
        this.hostsFile = hostsFile;
        this.instancesFile = instancesFile;
        this.clock = clock;
        this.writer = nodes.get(0);
        this.readers = List.of(nodes.get(nodes.size() > 1 ? 1 : 0));
    }

    synchronized void pointCluster(Node node) throws IOException {
        writer = node;
        write();
    }

    synchronized void pointReader(List<Node> targets) throws IOException {
        readers = List.copyOf(targets);
        write();
    }

    synchronized void present(Node node) throws IOException {
        gone.remove(node.name());
        write();
    }

    synchronized void absent(Node node) throws IOException {
        gone.put(node.name(), clock.instant());
        write();
    }

    synchronized void write() throws IOException {
        replace(hostsFile, hosts());
        replace(instancesFile, instances());
    }

    private String hosts() {
        StringBuilder text = new StringBuilder();
        nodes.forEach(node ->
                text.append(node.address()).append(' ').append(node.host()).append('\n'));
        text.append(writer.address()).append(' ').append(names.writerHost()).append('\n');
        readers.forEach(node -> text.append(node.address())
                .append(' ')
                .append(names.readerHost())
                .append('\n'));
        return text.toString();
    }

    private String instances() {
        StringBuilder text = new StringBuilder();
        nodes.forEach(node -> text.append(node.name())
                .append('|')
                .append(node.address())
                .append('|')
                .append(Optional.ofNullable(gone.get(node.name()))
                        .map(Instant::toString)
                        .orElse(""))
                .append('\n'));
        return text.toString();
    }

    /** A JVM reads the hosts file at any moment, so it is never seen half-written. */
    private static void replace(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, text, StandardCharsets.US_ASCII);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
