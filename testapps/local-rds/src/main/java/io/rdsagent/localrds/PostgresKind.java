package io.rdsagent.localrds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** PostgreSQL: an installed one verifies tokens itself by way of LDAP, a bundled one stands behind the gate. */
final class PostgresKind implements ServerKind {

    private final PostgresBinaries binaries;
    private final boolean gated;
    private final Workshop workshop;

    private PostgresKind(PostgresBinaries binaries, boolean gated, Workshop workshop) {
        this.binaries = binaries;
        this.gated = gated;
        this.workshop = workshop;
    }

    /** Finds or unpacks the one that is wished for. A version that is named is a bundled one, unless an installed one is asked for. */
    static PostgresKind of(Postgres wish, Optional<String> version, Workshop workshop) throws IOException {
        boolean bundled = wish == Postgres.BUNDLED || (wish == Postgres.ANY && version.isPresent());
        Optional<PostgresBinaries> installed =
                bundled ? Optional.empty() : PostgresBinaries.installed(version.orElse(""));
        if (installed.isPresent()) {
            return new PostgresKind(installed.get(), false, workshop);
        }
        if (wish == Postgres.INSTALLED) {
            throw new LocalRdsException(
                    "No PostgreSQL" + version.map(v -> " " + v).orElse("")
                            + " is on the PATH or under /usr/lib/postgresql."
                            + " Install one (Debian: postgresql), or let the bundled one serve: localrds.postgres=bundled");
        }
        Path folder = Files.createDirectory(workshop.directory().resolve("postgres"));
        return new PostgresKind(PostgresBinaries.unpack(version, folder), true, workshop);
    }

    @Override
    public String product() {
        return "PostgreSQL";
    }

    @Override
    public boolean gated() {
        return gated;
    }

    @Override
    public Equipment equip(Site site, Doorman doorman) throws IOException, GeneralSecurityException {
        if (gated) {
            return new Equipment(server(site, Optional.empty(), PostgresSettings.hbaBehindGate()), gate(site, doorman));
        }
        LdapVerifier ldap = workshop.lifetime().add(new LdapVerifier(doorman));
        return new Equipment(
                server(site, site.identity(), PostgresSettings.hbaOfInstalled(ldap, site.name())), Front.NONE);
    }

    private PostgresServer server(Site site, Optional<TestCertificates.Identity> identity, String hba) {
        PostgresSettings settings =
                new PostgresSettings(site.name(), site.backend(), workshop.adminPassword(), identity, hba);
        return new PostgresServer(binaries, settings, site.data(), workshop);
    }

    private Gate gate(Site site, Doorman doorman) throws IOException, GeneralSecurityException {
        Optional<SSLSocketFactory> tls = site.identity().isPresent()
                ? Optional.of(site.identity().get().serverContext().getSocketFactory())
                : Optional.empty();
        return workshop.lifetime()
                .add(new Gate(site.name(), site.client(), site.backend(), tls, doorman, PostgresGateSession::new));
    }

    @Override
    public void create(DatabaseServer first, Content content) throws IOException {
        PostgresData.initialise(binaries, workshop.user(), first.data(), workshop.adminPassword());
        first.configure(Optional.empty());
        first.process().start();
        AdminClient admin = first.admin();
        Path instances = workshop.directory().resolve("instances");
        if (content.multiAz()) {
            admin.query("template1", PostgresSql.multiAz(instances, content.sites()));
        } else if (content.topology()) {
            admin.query("template1", PostgresSql.functions(instances));
        }
        StringBuilder roles = new StringBuilder("CREATE ROLE rds_iam;");
        content.users().forEach(name -> roles.append(PostgresSql.iamUser(name)));
        admin.query("postgres", roles.toString());
        admin.query(
                "postgres",
                "CREATE DATABASE " + PostgresSql.quote(content.database()) + " OWNER "
                        + PostgresSql.quote(content.users().get(0)));
        first.process().stop();
    }

    @Override
    public void copy(DatabaseServer first, DatabaseServer other) throws IOException {
        PostgresData.copy(first.data(), other.data());
    }

    @Override
    public String jdbcUrl(String host, int port, String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    @Override
    public String adminParameters(String password) {
        return "sslmode=disable&user=" + AdminClient.USER + "&password=" + password;
    }

    @Override
    public String versionSql() {
        return "SHOW server_version";
    }

    @Override
    public String sessionsSql() {
        return "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND usename <> '"
                + AdminClient.USER + "'";
    }
}
