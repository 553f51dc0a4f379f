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
import java.util.Set;

/** Builds one local RDS and starts it; the only place that knows all its parts. */
final class Launch {

    private final LocalRdsBuilder wish;
    private final Lifetime lifetime;
    private final Clock serverClock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final LoginLog log = new LoginLog();
    private final Cluster cluster = new Cluster();
    private final ClusterNames names;
    private final Path directory;
    private final Workshop workshop;
    private final ServerKind kind;
    private final Addresses addresses;
    private final Doorman doorman;
    private final TestCertificates authority;
    private final TestCertificates stranger;

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
        Unprivileged user = Unprivileged.detect();
        directory = makeDirectory(user);
        Watchdog watchdog = new Watchdog(directory);
        lifetime.guardedBy(watchdog);
        workshop = new Workshop(directory, user, watchdog, lifetime, newPassword());
        kind = kind();
        String prefix = wish.addressPrefix.orElseGet(() -> Addresses.randomPrefix(random));
        addresses = Addresses.pick(prefix, wish.port, wish.nodes, kind.gated());
        TokenVerifier verifier = new TokenVerifier(wish.keys(), wish.region, addresses.port(), wish.clock);
        doorman = new Doorman(verifier, names, log, wish.clock);
        authority = new TestCertificates("Local RDS test CA", serverClock);
        stranger = new TestCertificates("A stranger's CA", serverClock);
    }

    private Path makeDirectory(Unprivileged user) throws IOException {
        Path parent = wish.directory
                .orElse(Path.of(System.getProperty("java.io.tmpdir")))
                .toAbsolutePath();
        if (!Files.isDirectory(parent)) {
            throw new LocalRdsException(
                    "There is no folder " + parent + " to keep the servers' files in. Make it first.");
        }
        user.requirePassage(parent);
        Path made = Files.createTempDirectory(parent, "local-rds-");
        lifetime.add(() -> Folder.delete(made));
        // The servers may run as another user, who must come through here.
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwxr-xr-x"));
        return made;
    }

    private ServerKind kind() throws IOException {
        return switch (wish.engine) {
            case POSTGRES -> PostgresKind.of(wish.postgres, wish.version, workshop);
            case MYSQL -> new MysqlKind(Mysql8.of(wish.version, workshop), iamUsers(), workshop);
            case MARIADB -> new MysqlKind(MariaDb.of(wish.version, workshop), iamUsers(), workshop);
        };
    }

    private MysqlKind.IamUsers iamUsers() {
        return new MysqlKind.IamUsers(Set.copyOf(wish.users), newPassword());
    }

    private String newPassword() {
        return HexFormat.of().formatHex(random.generateSeed(16));
    }

    private LocalRds run() throws IOException, GeneralSecurityException {
        List<ServerKind.Site> sites = sites();
        List<Node> nodes = new ArrayList<>();
        for (ServerKind.Site site : sites) {
            nodes.add(node(site));
        }
        Names dns = new Names(names, nodes, directory.resolve("hosts"), directory.resolve("instances"), serverClock);
        dns.write();
        Node first = nodes.get(0);
        kind.create(first.server(), new ServerKind.Content(wish.cluster, wish.users, wish.aurora, wish.multiAz, sites));
        for (Node standby : nodes.subList(1, nodes.size())) {
            kind.copy(first.server(), standby.server());
        }
        cluster.form(nodes, dns);
        cluster.start(first);
        nodes.subList(1, nodes.size()).forEach(cluster::start);
        Path caFile = Files.writeString(directory.resolve("ca.pem"), authority.pem());
        return new LocalRds(wish, kind, names, addresses, cluster, nodes, dns, log, caFile, workshop);
    }

    private List<ServerKind.Site> sites() throws GeneralSecurityException {
        List<ServerKind.Site> sites = new ArrayList<>();
        for (int i = 1; i <= wish.nodes; i++) {
            String name = names.node(i);
            TestCertificates issuer = wish.isStranger(i) ? stranger : authority;
            sites.add(new ServerKind.Site(
                    i,
                    name,
                    names.instanceHost(name),
                    addresses.client(i),
                    addresses.backend(i),
                    directory.resolve(name),
                    wish.tls ? Optional.of(issuer.issue(names.certified(name))) : Optional.empty()));
        }
        return sites;
    }

    private Node node(ServerKind.Site site) throws IOException, GeneralSecurityException {
        ServerKind.Equipment equipment = kind.equip(site, doorman);
        ServerProcess process = equipment.server().process();
        lifetime.add(() -> cluster.end(process));
        return new Node(
                site.name(),
                site.host(),
                addresses.of(site.index()),
                addresses.port(),
                equipment.server(),
                equipment.front(),
                cluster);
    }
}
