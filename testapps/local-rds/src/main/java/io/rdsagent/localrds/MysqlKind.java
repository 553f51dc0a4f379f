package io.rdsagent.localrds;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocketFactory;

/** MySQL and MariaDB, always behind the gate. */
final class MysqlKind implements ServerKind {

    private final MysqlFlavour flavour;
    private final IamUsers users;
    private final Workshop workshop;

    MysqlKind(MysqlFlavour flavour, IamUsers users, Workshop workshop) {
        this.flavour = flavour;
        this.users = users;
        this.workshop = workshop;
    }

    /**
     * The users who log in by token at the gate.
     *
     * @param password with which the gate logs them in at the server; nobody else knows it
     */
    record IamUsers(Set<String> names, String password) {}

    @Override
    public String product() {
        return flavour.product();
    }

    @Override
    public boolean gated() {
        return true;
    }

    @Override
    public Equipment equip(Site site, Doorman doorman) throws IOException, GeneralSecurityException {
        Optional<SSLSocketFactory> tls = site.identity().isPresent()
                ? Optional.of(site.identity().get().serverContext().getSocketFactory())
                : Optional.empty();
        Gate gate = workshop.lifetime()
                .add(new Gate(
                        site.name(),
                        site.client(),
                        site.backend(),
                        tls,
                        doorman,
                        (door, client) -> new MysqlGateSession(door, client, users)));
        return new Equipment(new MysqlServer(site, flavour, workshop), gate);
    }

    @Override
    public void create(DatabaseServer first, Content content) throws IOException {
        MysqlData.createPrivate(first.data());
        first.configure(Optional.empty());
        MysqlServer server = (MysqlServer) first;
        flavour.initialise(
                server.configuration(),
                server.data(),
                MysqlSql.content(flavour, content, workshop.adminPassword(), users.password()));
    }

    @Override
    public void copy(DatabaseServer first, DatabaseServer other) throws IOException {
        MysqlData.copy(first.data(), other.data());
    }

    @Override
    public String jdbcUrl(String host, int port, String database) {
        return "jdbc:" + flavour.product().toLowerCase(Locale.ROOT) + "://" + host + ":" + port + "/" + database;
    }

    /** Understood by Connector/J, which spells it {@code DISABLED}, and by MariaDB's driver alike. */
    @Override
    public String adminParameters(String password) {
        String off = flavour.product().equals("MySQL") ? "DISABLED" : "disable";
        return "sslMode=" + off + "&user=" + AdminClient.USER + "&password=" + password;
    }

    @Override
    public String versionSql() {
        return "SELECT version()";
    }

    @Override
    public String sessionsSql() {
        return "SELECT count(*) FROM information_schema.processlist WHERE command NOT LIKE 'Binlog Dump%'"
                + " AND user NOT IN ('" + AdminClient.USER + "', '" + MysqlSql.REPLICATION_USER
                + "', 'system user', 'event_scheduler')";
    }
}
