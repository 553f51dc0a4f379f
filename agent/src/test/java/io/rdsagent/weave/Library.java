package io.rdsagent.weave;

import io.rdsagent.it.pools.Pool;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;

/**
 * A driver or a pool in one version.
 *
 * @param jars its own and those that it needs
 * @param hooks that have a place in it; null for a pool, whose hooks its classes tell
 */
record Library(String name, List<File> jars, Set<String> hooks) {

    private static final Path JARS = Path.of("target", "lib");
    static final Set<String> PGJDBC = Set.of(
            "connect",
            "failed",
            "past",
            "pgjdbc.address",
            "pgjdbc.borrow",
            "pgjdbc.factory",
            "pgjdbc.initialized",
            "pgjdbc.login",
            "pgjdbc.return",
            "pgjdbc.returned",
            "pgjdbc.tls",
            "refused");
    static final Set<String> CONNECTOR_J = Set.of(
            "connect",
            "connectorj.change-user",
            "connectorj.clear-password",
            "connectorj.host",
            "connectorj.login",
            "connectorj.socket",
            "connectorj.tls",
            "failed",
            "past",
            "refused");
    static final Set<String> CONNECTOR_J_5 = Set.of(
            "connect",
            "connectorj5.change-user",
            "connectorj5.clear-password",
            "connectorj5.duplicate",
            "connectorj5.host",
            "connectorj5.login",
            "connectorj5.session",
            "connectorj5.socket",
            "connectorj5.tls",
            "failed",
            "past",
            "refused");
    static final Set<String> MARIADB = Set.of(
            "connect",
            "failed",
            "mariadb-pool.added",
            "mariadb-pool.borrow",
            "mariadb.address",
            "mariadb.again",
            "mariadb.dump",
            "mariadb.connect",
            "mariadb.login",
            "mariadb.name",
            "mariadb.socket",
            "mariadb.tls",
            "mariadb.trust",
            "past");
    static final Set<String> MARIADB_2 = Set.of(
            "connect",
            "failed",
            "mariadb-pool.added",
            "mariadb-pool.borrow",
            "mariadb.connect",
            "mariadb2.begin",
            "mariadb2.connect",
            "mariadb2.login",
            "mariadb2.name",
            "mariadb2.pool",
            "mariadb2.pooled",
            "mariadb2.socket",
            "mariadb2.tls",
            "past");
    static final Set<String> MARIADB_1 = Set.of(
            "connect",
            "failed",
            "mariadb-pool.added",
            "mariadb-pool.borrow",
            "mariadb.connect",
            "mariadb1.login",
            "mariadb1.switch",
            "mariadb2.begin",
            "mariadb2.connect",
            "mariadb2.login",
            "mariadb2.name",
            "mariadb2.pool",
            "mariadb2.pooled",
            "mariadb2.socket",
            "mariadb2.tls",
            "past");
    static final Set<String> HIKARICP = Set.of("hikari.entry", "past");

    /** The drivers in every version, of the pools the oldest and the newest. */
    static List<Library> all() throws IOException {
        List<Library> all = new ArrayList<>();
        try (Stream<Path> jars = Files.list(JARS)) {
            jars.filter(jar -> !jar.getFileName().toString().matches("(slf4j|aws)-.*"))
                    .sorted()
                    .map(Library::of)
                    .forEach(all::add);
        }
        // A driver's own pool came with the driver.
        Pool.oldestAndNewest().stream()
                .filter(pool -> !pool.artifacts().isEmpty())
                .forEach(pool -> all.add(of(pool.toString(), pool.artifacts())));
        // Of these only the classes are looked at here.
        all.add(of("ironjacamar 3", List.of("org.jboss.ironjacamar:ironjacamar-core-impl:3.0.4.Final")));
        all.add(of("spring 4", List.of("org.springframework:spring-jdbc:4.3.30.RELEASE")));
        all.add(of("spring 7", List.of("org.springframework:spring-jdbc:7.0.10")));
        return all;
    }

    private static Library of(Path jar) {
        String name = jar.getFileName().toString();
        List<File> jars = new ArrayList<>(List.of(jar.toFile()));
        jars.addAll(Arrays.asList(JARS.toFile().listFiles((folder, file) -> file.startsWith("slf4j-"))));
        return new Library(name, jars, hooks(name));
    }

    private static Library of(String name, List<String> artifacts) {
        return new Library(
                name,
                List.of(Maven.resolver().resolve(artifacts).withTransitivity().asFile()),
                null);
    }

    private static Set<String> hooks(String name) {
        if (name.startsWith("mariadb-java-client-1.")) {
            return MARIADB_1;
        }
        if (name.startsWith("mariadb-java-client-2.")) {
            return MARIADB_2;
        }
        if (name.startsWith("mariadb-")) {
            return MARIADB;
        }
        if (name.startsWith("mysql-")) {
            return name.contains("-5.1.") ? CONNECTOR_J_5 : CONNECTOR_J;
        }
        return name.startsWith("postgresql-") ? PGJDBC : HIKARICP;
    }

    URL[] urls() throws MalformedURLException {
        URL[] urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toURI().toURL();
        }
        return urls;
    }

    @Override
    public String toString() {
        return name;
    }
}
