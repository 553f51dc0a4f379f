package io.rdsagent.localrds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** Builds one local RDS and starts it; the only place that knows all its parts. */
final class Launch {

    private final LocalRdsBuilder wish;
    private final Lifetime lifetime;
    private final Clock serverClock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final LoginLog log = new LoginLog();
    private final ClusterNames names;
    private final String adminPassword;
    private final Path directory;
    private final Unprivileged user;
    private final Optional<PostgresBinaries> installed;
    private final PostgresBinaries binaries;
    private final Addresses addresses;
    private final Doorman doorman;
    private final TestCertificates authority;
    private final TestCertificates stranger;
    private final Cluster cluster;
    private final Watchdog watchdog;

    static LocalRds start(LocalRdsBuilder wish) {
        Lifetime lifetime = new Lifetime();
        try {
            return new Launch(wish, lifetime).run();
        } catch (IOException | GeneralSecurityException e) {
            lifetime.close();
            throw new LocalRdsException("The local RDS could not be started: " + e, e);
        } catch (RuntimeException e) {
            lifetime.close();
            throw e;
        }
    }

    private Launch(LocalRdsBuilder wish, Lifetime lifetime) throws IOException, GeneralSecurityException {
        this.wish = wish;
        this.lifetime = lifetime;
        names = new ClusterNames(wish.cluster, wish.region);
        adminPassword = HexFormat.of().formatHex(random.generateSeed(16));
        user = Unprivileged.detect();
        directory = makeDirectory();
        installed = wish.postgres == Postgres.BUNDLED ? Optional.empty() : PostgresBinaries.installed();
        binaries = installed.isPresent() ? installed.get() : bundled();
        String prefix = wish.addressPrefix.orElseGet(() -> Addresses.randomPrefix(random));
        addresses = Addresses.pick(prefix, wish.port, wish.nodes, installed.isEmpty());
        TokenVerifier verifier = new TokenVerifier(wish.keys(), wish.region, addresses.port(), wish.clock);
        doorman = new Doorman(verifier, names, log, wish.clock);
        authority = new TestCertificates("Local RDS test CA", serverClock);
        stranger = new TestCertificates("A stranger's CA", serverClock);
        cluster = new Cluster(user);
        watchdog = new Watchdog(directory);
        lifetime.guardedBy(watchdog);
    }

    private Path makeDirectory() throws IOException {
        Path parent = wish.directory
                .orElse(Path.of(System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
        if (!Files.isDirectory(parent)) {
            throw new LocalRdsException(
                    "There is no folder " + parent + " to keep the servers' files in. Make it first.");
        }
        user.requirePassage(parent);
        Path made = Files.createTempDirectory(parent, "local-rds-");
        lifetime.add(() -> DataDirectory.delete(made));
        // The servers may run as another user, who must come through here.
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        return made;
    }

    private PostgresBinaries bundled() throws IOException {
        if (wish.postgres == Postgres.INSTALLED) {
            throw new LocalRdsException("No PostgreSQL is on the PATH or under /usr/lib/postgresql."
                    + " Install one (Debian: postgresql), or let the bundled one serve: localrds.postgres=bundled");
        }
        return PostgresBinaries.unpack(Files.createDirectory(directory.resolve("postgres")));
    }

    private LocalRds run() throws IOException, GeneralSecurityException {
        List<Node> nodes = makeNodes();
        Names dns = new Names(names, nodes, directory.resolve("hosts"), directory.resolve("instances"), serverClock);
        dns.write();
        Node first = nodes.get(0);
        initialise(first);
        first.server().stop();
        for (Node standby : nodes.subList(1, nodes.size())) {
            DataDirectory.copy(first.server().data(), standby.server().data());
        }
        cluster.form(nodes, dns);
        cluster.start(first);
        nodes.subList(1, nodes.size()).forEach(cluster::start);
        Path caFile = Files.writeString(directory.resolve("ca.pem"), authority.pem());
        return new LocalRds(
                wish, names, addresses, cluster, nodes, dns, log, directory, caFile, adminPassword, lifetime);
    }

    private List<Node> makeNodes() throws IOException, GeneralSecurityException {
        LdapVerifier ldap = installed.isPresent() ? lifetime.add(new LdapVerifier(doorman)) : null;
        List<Node> nodes = new ArrayList<>();
        for (int i = 1; i <= wish.nodes; i++) {
            String name = names.node(i);
            TestCertificates issuer = wish.isStranger(i) ? stranger : authority;
            Optional<TestCertificates.Identity> identity =
                    wish.tls ? Optional.of(issuer.issue(names.certified(name))) : Optional.empty();
            PostgresServer server = new PostgresServer(
                    binaries, user, directory.resolve(name), addresses.backend(i), adminPassword, watchdog);
            lifetime.add(() -> cluster.end(server));
            nodes.add(node(i, name, server, identity, ldap));
        }
        return nodes;
    }

    private Node node(
            int index,
            String name,
            PostgresServer server,
            Optional<TestCertificates.Identity> identity,
            LdapVerifier ldap)
            throws GeneralSecurityException, IOException {
        String hba = ldap == null ? ServerSettings.hbaBehindGate() : ServerSettings.hbaOfInstalled(ldap, name);
        ServerSettings settings = new ServerSettings(
                name, addresses.backend(index), adminPassword, ldap == null ? Optional.empty() : identity, hba);
        Front front = ldap == null ? gate(index, name, identity) : Front.NONE;
        return new Node(
                name,
                names.instanceHost(name),
                addresses.of(index),
                addresses.port(),
                server,
                settings,
                front,
                cluster);
    }

    private Gate gate(int index, String name, Optional<TestCertificates.Identity> identity)
            throws GeneralSecurityException, IOException {
        Optional<SSLSocketFactory> tls = identity.isPresent()
                ? Optional.of(identity.get().serverContext().getSocketFactory())
                : Optional.empty();
        return lifetime.add(new Gate(name, addresses.client(index), addresses.backend(index), tls, doorman));
    }

    private void initialise(Node first) throws IOException {
        PostgresServer server = first.server();
        DataDirectory.initialise(binaries, user, server.data(), adminPassword);
        first.settings().write(server.data(), Optional.empty());
        user.handOver(server.data());
        server.start();
        String database = AuroraSql.quote(wish.cluster);
        AdminClient admin = server.admin();
        if (wish.aurora) {
            admin.query("template1", AuroraSql.functions(directory.resolve("instances")));
        }
        StringBuilder roles = new StringBuilder("CREATE ROLE rds_iam;");
        wish.users.forEach(name -> roles.append(AuroraSql.iamUser(name)));
        admin.query("postgres", roles.toString());
        admin.query("postgres", "CREATE DATABASE " + database + " OWNER " + AuroraSql.quote(wish.users.get(0)));
    }
}
