package io.rdsagent.it.jvms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;

/**
 * Where one container is laid out, and what it shall connect to.
 *
 * @param home an empty folder
 * @param port where it shall answer
 * @param token a password for whom there is no agent; else the word that stands for none is configured
 * @param named whether the names of RDS lead to the servers, and no other name anywhere; else their addresses are dialled
 */
record Site(Path home, Java java, LocalRds rds, int port, boolean named, Optional<String> token) {

    static Site at(Path home, Java java, LocalRds rds, boolean named) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new Site(
                    home.toAbsolutePath(), java, rds, free.getLocalPort(), named && java.isModular(), Optional.empty());
        }
    }

    /** The same for an application that logs in and verifies the server by itself, as its driver can. */
    Site withToken(String password) {
        return new Site(home, java, rds, port, named, Optional.of(password));
    }

    String url() {
        return "jdbc:postgresql://" + host() + ":" + rds.port() + "/orders"
                + (token.isPresent() ? "?sslmode=verify-full&sslrootcert=" + rds.caFile() : "");
    }

    /** With the user, for a pool that has no other place for him; without a password, where the agent brings it. */
    String urlWithUser() {
        return url()
                + token.map(password -> "&password=" + URLEncoder.encode(password, UTF_8) + "&")
                        .orElse("?")
                + "user=app";
    }

    String password() {
        return token.orElse("iam");
    }

    /** As an attribute's value or an element's text. */
    static String xml(String text) {
        return text.replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    }

    /** Where an address is dialled, as on Java 8 which reads no hosts file of ours, the endpoint's name is signed for. */
    String host() {
        return named ? rds.clusterHost() : node().address();
    }

    private Node node() {
        return rds.node(1);
    }

    /** What the JVM needs to find and trust the servers; the agent's settings among it. */
    List<String> options() {
        List<String> options = new ArrayList<>(List.of("-Drdsagent.tls.ca=" + rds.caFile()));
        if (named) {
            options.addAll(List.of("-Djdk.net.hosts.file=" + rds.hostsFile(), "-Dsun.net.inetaddr.ttl=0"));
        } else {
            options.addAll(List.of(
                    "-Drdsagent.match=" + host() + ":" + rds.port(),
                    "-Drdsagent.iam=always",
                    "-Drdsagent.sign-for=" + node().host() + ":" + rds.port()));
        }
        return options;
    }

    Path driver() {
        return Path.of("target", "lib", "postgresql-" + ForkedJvm.NEWEST_PGJDBC + ".jar")
                .toAbsolutePath();
    }

    List<Path> hikari() {
        return resolve("com.zaxxer:HikariCP:4.0.3", "org.slf4j:slf4j-jdk14:1.7.36");
    }

    static List<Path> resolve(String... artifacts) {
        List<Path> jars = new ArrayList<>();
        for (File jar : Maven.resolver().resolve(artifacts).withTransitivity().asFile()) {
            jars.add(jar.toPath());
        }
        return jars;
    }
}
