package io.rdsagent.it.matrix;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Node;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One server with everything that the ways in lead through, and the agent's settings for it. */
final class Stage implements Closeable {

    /** The database of which one host is dead, and of which the agent therefore warns. */
    static final String DEAD = "dead";

    private final LocalRds rds;
    private final Path directory;
    private final Map<String, Relay> relays = new LinkedHashMap<>();

    private Stage(LocalRds rds, Path directory) {
        this.rds = rds;
        this.directory = directory;
    }

    /** @param directory for files of the programs' */
    static Stage open(TestedServer server, Path directory) throws IOException {
        Stage stage = new Stage(server.start(), directory);
        try {
            for (String role : List.of("second", "survivor", "secret", "balancer", "renamed", "stranger")) {
                stage.relays.put(role, stage.relay("127.0.0.1"));
            }
            stage.relays.put("ipv6", stage.relay("::1"));
            stage.writeFiles();
            return stage;
        } catch (IOException | RuntimeException failure) {
            stage.close();
            throw failure;
        }
    }

    private Relay relay(String address) throws IOException {
        return Relay.from(address, new InetSocketAddress(node().address(), rds.port()));
    }

    private void writeFiles() throws IOException {
        Files.writeString(hostsFile(), Files.readString(rds.hostsFile()) + deadAddress() + " " + deadName() + "\n");
        Files.writeString(
                serviceFile(),
                "[orders]\nhost=" + rds.clusterHost() + "\nport=" + rds.port()
                        + "\ndbname=orders\nuser=app\nsslmode=disable\n");
    }

    LocalRds rds() {
        return rds;
    }

    /** Whether this login came to where no token may go; a driver's own threads may log in elsewhere at any time. */
    boolean isForbidden(Login login) {
        String client = login.clientAddress().orElseThrow();
        return relays.get("stranger").carried(client) || relays.get("renamed").carried(client);
    }

    /** A JVM with the agent, the program and the driver; on the build's Java, or on Java 8 as the given command starts it. */
    ForkedJvm.Builder jvm(TestedDriver driver, String java8) {
        Map<String, String> hosts = java8 == null ? named() : addressed();
        List<String> arguments = new ArrayList<>();
        hosts.forEach((role, host) -> arguments.addAll(List.of(role, host)));
        ForkedJvm.Builder jvm = ForkedJvm.of("com.example.WaysIn", driver.speech(), arguments.toArray(new String[0]))
                .onWithoutRoots(rds)
                .set("log.level", "debug")
                .option("-Djdk.net.hosts.file=" + hostsFile())
                .option("-Dorg.postgresql.pgservicefile=" + serviceFile());
        driver.jars().forEach(jvm::library);
        if (java8 != null) {
            jvm.java(java8);
        }
        configure(jvm, hosts, java8 == null);
        return jvm;
    }

    private void configure(ForkedJvm.Builder jvm, Map<String, String> hosts, boolean named) {
        set(jvm, "orders", hosts.get("orders") + "," + hosts.get("second"), !named, true);
        set(jvm, DEAD, hosts.get("dead") + "," + hosts.get("survivor"), !named, true);
        set(jvm, "secret", hosts.get("secret"), true, true);
        set(jvm, "balancer", hosts.get("balancer") + "," + hosts.get("ipv6"), true, true);
        set(jvm, "stranger", hosts.get("stranger"), true, false);
        set(jvm, "renamed", hosts.get("renamed"), false, true);
        jvm.set("db.renamed.iam", "always").set("db.renamed.region", rds.region());
    }

    /** @param trusted whether the server's authority is, in place of Amazon's */
    private void set(ForkedJvm.Builder jvm, String name, String match, boolean elsewhere, boolean trusted) {
        jvm.set("db." + name + ".match", match);
        if (elsewhere) {
            jvm.set("db." + name + ".iam", "always").set("db." + name + ".sign-for", node().host() + ":" + rds.port());
        }
        if (trusted) {
            jvm.set("db." + name + ".tls.ca", rds.caFile().toString());
        }
    }

    /** The names of RDS, as an application has them. */
    private Map<String, String> named() {
        Map<String, String> hosts = addressed();
        hosts.put("orders", rds.clusterHost() + ":" + rds.port());
        hosts.put("second", node().host() + ":" + rds.port());
        hosts.put("survivor", rds.readerHost() + ":" + rds.port());
        hosts.put("dead", deadName() + ":" + rds.port());
        return hosts;
    }

    /** Addresses alone: before Java 9 no file of names can be given. */
    private Map<String, String> addressed() {
        Map<String, String> hosts = new LinkedHashMap<>();
        relays.forEach((role, relay) -> hosts.put(role, relay.host()));
        hosts.put("orders", node().address() + ":" + rds.port());
        hosts.put("dead", deadAddress() + ":" + rds.port());
        return hosts;
    }

    private Node node() {
        return rds.node(1);
    }

    /** Of a node that there is not. */
    private String deadName() {
        return node().host().replaceFirst("1", "9");
    }

    private String deadAddress() {
        return node().address().replaceFirst("[0-9]+$", "99");
    }

    private Path hostsFile() {
        return directory.resolve("hosts");
    }

    private Path serviceFile() {
        return directory.resolve("services");
    }

    @Override
    public void close() throws IOException {
        for (Relay relay : relays.values()) {
            relay.close();
        }
        rds.close();
    }
}
