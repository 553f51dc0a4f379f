package io.rdsagent.localrds;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** MariaDB 10.11 or 11.4. */
final class MariaDb implements MysqlFlavour {

    private final MariaDbBinaries binaries;
    private final Workshop workshop;

    private MariaDb(MariaDbBinaries binaries, Workshop workshop) {
        this.binaries = binaries;
        this.workshop = workshop;
    }

    /** Finds or unpacks it. */
    static MariaDb of(Optional<String> version, Workshop workshop) throws IOException {
        return new MariaDb(MariaDbBinaries.of(version, workshop.directory().resolve("mariadb")), workshop);
    }

    @Override
    public String product() {
        return "MariaDB";
    }

    @Override
    public String executable() {
        return binaries.server().toString();
    }

    /** One that is installed may have plugins configured elsewhere; here there are none. */
    @Override
    public String settings() {
        return """
                lc_messages_dir = %s
                character_sets_dir = %s
                log_slave_updates = ON
                gtid_strict_mode = ON
                skip_slave_start = ON
                character_set_server = utf8mb4
                innodb_log_file_size = 8M
                skip_ssl
                """.formatted(binaries.share(), binaries.share().resolve("charsets"));
    }

    @Override
    public String standbySettings() {
        return "read_only = ON\n";
    }

    /** What mariadb-install-db does, without the help tables and the sys schema. */
    @Override
    public void initialise(Path configuration, Path data, List<String> sql) throws IOException {
        List<String> lines = new ArrayList<>(List.of("CREATE DATABASE mysql;", "USE mysql;"));
        for (String tables : List.of("system_tables", "performance_tables", "system_tables_data")) {
            lines.addAll(Files.readAllLines(binaries.script(tables)));
        }
        lines.add("FLUSH PRIVILEGES;");
        lines.addAll(sql);
        Path file = Files.write(data.resolveSibling("init.sql"), lines);
        workshop.user().handOver(file);
        workshop.user()
                .run(
                        List.of(
                                "sh",
                                "-c",
                                "exec \"$0\" \"--defaults-file=$1\" --bootstrap --skip-log-bin < \"$2\"",
                                executable(),
                                configuration.toString(),
                                file.toString()),
                        data,
                        data.resolveSibling("initialise.log"));
        Files.delete(file);
    }

    @Override
    public String identifiedBy(String password) {
        return "IDENTIFIED BY '" + password + "'";
    }

    /** RDS for MariaDB has no table of its instances. */
    @Override
    public List<String> topology(List<ServerKind.Site> sites, List<String> users) {
        return List.of();
    }

    /**
     * All that a server has is in its own binary log, also what it replicated, so that says where it is. From 11.3 on replication
     * wants TLS unless told otherwise.
     */
    @Override
    public List<String> follow(InetSocketAddress primary, String password) {
        return List.of(
                "STOP SLAVE",
                "SET GLOBAL gtid_slave_pos = @@gtid_binlog_pos",
                "CHANGE MASTER TO MASTER_HOST = '" + primary.getHostString() + "', MASTER_PORT = " + primary.getPort()
                        + ", MASTER_USER = '" + MysqlSql.REPLICATION_USER + "', MASTER_PASSWORD = '" + password
                        + "', MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1, MASTER_HEARTBEAT_PERIOD = 1,"
                        + " MASTER_SSL = 0, MASTER_SSL_VERIFY_SERVER_CERT = 0",
                "START SLAVE");
    }

    @Override
    public boolean follows(Map<String, String> status, InetSocketAddress primary) {
        return primary.getHostString().equals(status.get("Master_Host"))
                && "Yes".equals(status.get("Slave_IO_Running"))
                && "Yes".equals(status.get("Slave_SQL_Running"));
    }

    @Override
    public String statusSql() {
        return "SHOW SLAVE STATUS";
    }

    @Override
    public void finishReplay(MysqlAdminClient admin) throws IOException {
        admin.execute(List.of("STOP SLAVE IO_THREAD"));
        String received = admin.row(statusSql()).getOrDefault("Gtid_IO_Pos", "");
        admin.execute(List.of(awaitSql(received), "STOP SLAVE", "RESET SLAVE ALL"));
    }

    @Override
    public List<String> dismissStandbys() {
        return List.of();
    }

    @Override
    public List<String> openForWrites() {
        return List.of("SET GLOBAL read_only = OFF");
    }

    @Override
    public List<String> closeForWrites() {
        return List.of("SET GLOBAL read_only = ON");
    }

    @Override
    public String positionSql() {
        return "SELECT @@gtid_binlog_pos";
    }

    @Override
    public String awaitSql(String position) {
        return "SELECT MASTER_GTID_WAIT('" + position + "', 4)";
    }
}
