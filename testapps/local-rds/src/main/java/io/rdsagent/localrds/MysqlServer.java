package io.rdsagent.localrds;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A MySQL or MariaDB that replicates to standbys, or is one. */
final class MysqlServer implements DatabaseServer {

    /** Quick rather than safe against a crash of the machine; a killed process loses nothing. */
    private static final int TRIES_TO_CLOSE = 10;

    private static final String COMMON = """
            [mysqld]
            datadir = %s
            bind_address = %s
            port = %d
            server_id = %d
            report_host = %s
            report_port = %d
            socket = mysql.sock
            pid_file = mysqld.pid
            skip_name_resolve
            max_connect_errors = 1000000
            max_connections = 200
            max_allowed_packet = 64M
            default_time_zone = '+00:00'
            log_bin = binlog
            binlog_format = ROW
            relay_log = relay
            relay_log_recovery = ON
            sync_binlog = 0
            innodb_flush_log_at_trx_commit = 2
            innodb_doublewrite = OFF
            innodb_buffer_pool_size = 32M
            innodb_use_native_aio = OFF
            performance_schema = OFF
            """;

    private final ServerKind.Site site;
    private final MysqlFlavour flavour;
    private final Workshop workshop;
    private final MysqlAdminClient admin;
    private final ServerProcess process;

    MysqlServer(ServerKind.Site site, MysqlFlavour flavour, Workshop workshop) {
        this.site = site;
        this.flavour = flavour;
        this.workshop = workshop;
        this.admin = new MysqlAdminClient(site.backend(), workshop.adminPassword());
        ServerProcess.Program program = new ServerProcess.Program(
                List.of(flavour.executable(), "--defaults-file=" + configuration()),
                site.data(),
                site.data().resolveSibling(site.name() + ".log"),
                "TERM",
                this::dismissStandbys,
                this::answers,
                () -> {});
        this.process = new ServerProcess(program, workshop.user(), workshop.watchdog());
    }

    Path configuration() {
        return site.data().resolveSibling(site.name() + ".cnf");
    }

    private boolean answers() {
        try {
            admin.execute(List.of("DO 1"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private void dismissStandbys() {
        try {
            admin.execute(flavour.dismissStandbys());
        } catch (IOException e) {
            // It ends without this too, later.
            return;
        }
    }

    @Override
    public String name() {
        return site.name();
    }

    @Override
    public InetSocketAddress address() {
        return site.backend();
    }

    @Override
    public Path data() {
        return site.data();
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public MysqlAdminClient admin() {
        return admin;
    }

    @Override
    public void configure(Optional<DatabaseServer> primary) throws IOException {
        String common = COMMON.formatted(
                site.data(),
                site.backend().getHostString(),
                site.backend().getPort(),
                site.index(),
                site.name(),
                site.client().getPort());
        String role = primary.isPresent() ? flavour.standbySettings() : "";
        Files.writeString(configuration(), common + flavour.settings() + role);
        workshop.user().handOver(site.data());
    }

    @Override
    public void follow(DatabaseServer primary) throws IOException {
        admin.execute(flavour.follow(primary.address(), workshop.adminPassword()));
    }

    @Override
    public boolean follows(DatabaseServer primary) {
        try {
            return flavour.follows(admin.row(flavour.statusSql()), primary.address());
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void promote() throws IOException {
        flavour.finishReplay(admin);
        admin.execute(flavour.openForWrites());
        configure(Optional.empty());
    }

    @Override
    public String demote() throws IOException {
        closeForWrites();
        return admin.value("", flavour.positionSql()).replace("\n", "");
    }

    /**
     * Waits for the statements under way and lets none begin meanwhile. One of them may wait for the row of a transaction
     * whose next statement is not let begin: then neither goes on, and it is for us to give way for a moment.
     */
    private void closeForWrites() throws IOException {
        List<String> statements = new ArrayList<>(List.of("SET SESSION lock_wait_timeout = 1"));
        statements.addAll(flavour.closeForWrites());
        for (int left = TRIES_TO_CLOSE; ; left--) {
            try {
                admin.execute(statements);
                return;
            } catch (IOException timedOut) {
                if (left == 1) {
                    throw timedOut;
                }
            }
        }
    }

    @Override
    public void catchUp(String position) throws IOException {
        admin.execute(List.of(flavour.awaitSql(position)));
    }

    /** The files of a stopped process are those of a killed one, and both servers recover from that. */
    @Override
    public void copyFrom(DatabaseServer source) throws IOException {
        Folder.delete(site.data());
        source.process().freeze();
        try {
            MysqlData.copy(source.data(), site.data());
        } finally {
            source.process().thaw();
        }
    }
}
