package io.rdsagent.localrds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A database cluster on loopback addresses: a real writer, real standbys, and logins by IAM tokens that are really
 * verified. Made by {@link #builder()}; everything it started ends with {@link #close()} or with the JVM.
 */
public final class LocalRds implements AutoCloseable {

    private final LocalRdsBuilder wish;
    private final ServerKind kind;
    private final ClusterNames names;
    private final Addresses addresses;
    private final Cluster cluster;
    private final List<Node> nodes;
    private final Names dns;
    private final LoginLog log;
    private final Path caFile;
    private final Workshop workshop;

    LocalRds(
            LocalRdsBuilder wish,
            ServerKind kind,
            ClusterNames names,
            Addresses addresses,
            Cluster cluster,
            List<Node> nodes,
            Names dns,
            LoginLog log,
            Path caFile,
            Workshop workshop) {
        this.wish = wish;
        this.kind = kind;
        this.names = names;
        this.addresses = addresses;
        this.cluster = cluster;
        this.nodes = List.copyOf(nodes);
        this.dns = dns;
        this.log = log;
        this.caFile = caFile;
        this.workshop = workshop;
    }

    /** A cluster {@code orders} of three nodes in {@code eu-west-1}, unless told otherwise. */
    public static LocalRdsBuilder builder() {
        return new LocalRdsBuilder();
    }

    /** All nodes, running or not, in the order of their names. */
    public List<Node> nodes() {
        return nodes;
    }

    /** A node by its number, from 1: {@code node(1)} is {@code orders-1}. */
    public Node node(int number) {
        return nodes.get(number - 1);
    }

    /** The present writer; one that was killed until another is promoted. */
    public Node writer() {
        return cluster.writer();
    }

    /** All nodes but the writer, running or not. */
    public List<Node> readers() {
        Node writer = writer();
        return nodes.stream().filter(node -> node != writer).toList();
    }

    /** The cluster's endpoint, as in {@code orders.cluster-abc123xyz.eu-west-1.rds.amazonaws.com}. */
    public String clusterHost() {
        return names.writerHost();
    }

    /** The cluster's reader endpoint. */
    public String readerHost() {
        return names.readerHost();
    }

    /** The port of all nodes. */
    public int port() {
        return addresses.port();
    }

    /** Which database serves. */
    public Engine engine() {
        return wish.engine;
    }

    /** The database, named as the cluster. */
    public String database() {
        return wish.cluster;
    }

    /** The first IAM user. */
    public String user() {
        return wish.users.get(0);
    }

    /** The region that tokens must be signed for. */
    public String region() {
        return wish.region;
    }

    /** The key that {@link #environment()} holds. */
    public AwsKey key() {
        return wish.keys().get(0);
    }

    /** The certificate of the test's authority, PEM. */
    public Path caFile() {
        return caFile;
    }

    /** For {@code -Djdk.net.hosts.file}: all instances and both cluster names. It is replaced atomically when a name moves. */
    public Path hostsFile() {
        return workshop.directory().resolve("hosts");
    }

    /** Moves the cluster's endpoint to this node. */
    public void pointClusterAt(Node node) {
        try {
            dns.pointCluster(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Moves the reader endpoint to these nodes; RDS itself gives one address at a time. */
    public void pointReaderAt(Node... targets) {
        try {
            dns.pointReader(List.of(targets));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The environment that a client's AWS SDK needs: key, secret, region, no metadata service. */
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("AWS_ACCESS_KEY_ID", key().id());
        environment.put("AWS_SECRET_ACCESS_KEY", key().secret());
        key().sessionToken().ifPresent(token -> environment.put("AWS_SESSION_TOKEN", token));
        environment.put("AWS_REGION", region());
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        return environment;
    }

    /** Who tried to log in with a token, and what became of it. */
    public LoginLog log() {
        return log;
    }

    /** A JDBC URL for the administrator, past IAM and without TLS. */
    public String adminUrl(Node node) {
        return kind.jdbcUrl(node.address(), addresses.backendPort(), database()) + "?"
                + kind.adminParameters(adminPassword());
    }

    /** A superuser that logs in with a password. */
    public String adminUser() {
        return AdminClient.USER;
    }

    /** The administrator's password, another one for each run. */
    public String adminPassword() {
        return workshop.adminPassword();
    }

    /**
     * Runs SQL in the database as the administrator, without any driver.
     *
     * @return the rows of all statements; a null column is null
     * @throws LocalRdsException if the node does not answer or refuses the SQL
     */
    public List<List<String>> admin(Node node, String sql) {
        try {
            return node.server().admin().query(database(), sql);
        } catch (IOException e) {
            throw new LocalRdsException("The administrator's SQL failed at " + node + ": " + e.getMessage(), e);
        }
    }

    ServerKind kind() {
        return kind;
    }

    /** Ends all processes and deletes all files. May be called again. */
    @Override
    public void close() {
        workshop.lifetime().close();
    }
}
