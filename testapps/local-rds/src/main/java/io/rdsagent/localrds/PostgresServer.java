package io.rdsagent.localrds;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A PostgreSQL that streams to standbys, or is one. */
final class PostgresServer implements DatabaseServer {

    private static final Duration PROMOTION_LIMIT = Duration.ofSeconds(10);

    private final PostgresSettings settings;
    private final Unprivileged user;
    private final Path data;
    private final PostgresAdminClient admin;
    private final ServerProcess process;

    PostgresServer(PostgresBinaries binaries, PostgresSettings settings, Path data, Workshop workshop) {
        this.settings = settings;
        this.user = workshop.user();
        this.data = data;
        this.admin = new PostgresAdminClient(settings.address(), workshop.adminPassword());
        ServerProcess.Program program = new ServerProcess.Program(
                List.of(binaries.postgres(), "-D", data.toString()),
                data,
                data.resolveSibling(data.getFileName() + ".log"),
                "INT",
                () -> {},
                () -> answer("SELECT 1").isPresent(),
                this::removeSharedMemory);
        this.process = new ServerProcess(program, user, workshop.watchdog());
    }

    @Override
    public String name() {
        return settings.node();
    }

    @Override
    public InetSocketAddress address() {
        return settings.address();
    }

    @Override
    public Path data() {
        return data;
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    @Override
    public AdminClient admin() {
        return admin;
    }

    @Override
    public void configure(Optional<DatabaseServer> primary) throws IOException {
        settings.write(data, primary.map(DatabaseServer::address));
        user.handOver(data);
    }

    @Override
    public void follow(DatabaseServer primary) throws IOException {
        configure(Optional.of(primary));
        process.signal("HUP");
    }

    @Override
    public boolean follows(DatabaseServer primary) {
        try {
            String sql = "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming' AND application_name = '"
                    + name() + "'";
            return primary.admin().value("postgres", sql).equals("1");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void promote() throws IOException {
        admin.query("postgres", "SELECT pg_promote(true, 4)");
        Await.until(
                () -> answer("SELECT pg_is_in_recovery()").equals(Optional.of("f")),
                PROMOTION_LIMIT,
                () -> name() + " was promoted and is still in recovery.");
        configure(Optional.empty());
    }

    @Override
    public String demote() {
        throw new LocalRdsException("PostgreSQL becomes a standby only by a restart, which ends its sessions: promote "
                + "a standby with Node.promote() instead.");
    }

    @Override
    public void catchUp(String position) {
        throw new UnsupportedOperationException();
    }

    private Optional<String> answer(String sql) {
        try {
            return Optional.of(admin.value("postgres", sql));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void copyFrom(DatabaseServer source) throws IOException {
        Folder.delete(data);
        try (PostgresAdminClient.Session session =
                new PostgresAdminClient(source.address(), settings.adminPassword()).open("postgres")) {
            boolean old = session.query("SELECT current_setting('server_version_num')::int < 150000")
                    .get(0)
                    .get(0)
                    .equals("t");
            session.query(old ? "SELECT pg_start_backup('copy', true, false)" : "SELECT pg_backup_start('copy', true)");
            PostgresData.copy(source.data(), data);
            String stop = old ? "pg_stop_backup(false, false)" : "pg_backup_stop(false)";
            String label = session.query("SELECT labelfile FROM " + stop).get(0).get(0);
            Files.writeString(data.resolve("backup_label"), label);
        }
    }

    /** A killed server leaves its System V segment behind; its number is the last word of the pid file's seventh line. */
    private void removeSharedMemory() {
        Path pidFile = data.resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(pidFile);
            if (lines.size() >= 7) {
                String line = lines.get(6).trim();
                String segment = line.substring(line.lastIndexOf(' ') + 1);
                new ProcessBuilder("ipcrm", "-m", segment)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor();
            }
        } catch (IOException e) {
            // Without ipcrm 56 bytes stay until the machine restarts or the node does; nothing depends on them.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
