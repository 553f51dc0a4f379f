package io.rdsagent.localrds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** One PostgreSQL server process with its children. Not thread-safe. */
final class PostgresServer {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final PostgresBinaries binaries;
    private final Unprivileged user;
    private final Path data;
    private final Path log;
    private final AdminClient admin;
    private final Watchdog watchdog;

    private Process postmaster;
    private boolean frozen;

    PostgresServer(
            PostgresBinaries binaries,
            Unprivileged user,
            Path data,
            InetSocketAddress address,
            String adminPassword,
            Watchdog watchdog) {
        this.binaries = binaries;
        this.user = user;
        this.data = data;
        this.log = data.resolveSibling(data.getFileName() + ".log");
        this.admin = new AdminClient(address, adminPassword);
        this.watchdog = watchdog;
    }

    Path data() {
        return data;
    }

    AdminClient admin() {
        return admin;
    }

    boolean running() {
        return postmaster != null && postmaster.isAlive();
    }

    boolean frozen() {
        return frozen;
    }

    /** Starts the server and returns when it answers queries. */
    void start() throws IOException {
        postmaster = user.start(List.of(binaries.postgres(), "-D", data.toString()), data, log);
        watchdog.watch(postmaster);
        frozen = false;
        Await.until(
                () -> !running() || answers(),
                START_LIMIT,
                () -> "PostgreSQL in " + data + " did not answer in " + START_LIMIT.toSeconds() + " s. It said:\n"
                        + Unprivileged.lastLines(log));
        if (!running()) {
            throw new LocalRdsException(
                    "PostgreSQL in " + data + " ended at its start. It said:\n" + Unprivileged.lastLines(log));
        }
    }

    boolean answers() {
        try {
            admin.query("postgres", "SELECT 1");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Ends all sessions and the server in order (PostgreSQL's fast shutdown). */
    void stop() {
        if (frozen) {
            kill();
        } else if (running()) {
            signal("INT", List.of(postmaster.toHandle()));
            awaitEnd();
        }
    }

    /** SIGKILL to the postmaster and every process of it, as when the machine is lost. */
    void kill() {
        if (running()) {
            signal("KILL", family());
            awaitEnd();
            removeSharedMemory();
        }
        frozen = false;
    }

    /** SIGSTOP: the server's sockets stay open and nothing answers. */
    void freeze() {
        signal("STOP", List.of(postmaster.toHandle()));
        signal("STOP", family());
        frozen = true;
    }

    void thaw() {
        signal("CONT", family());
        frozen = false;
    }

    /** Has the server read its files again; a frozen one does when it thaws. */
    void reload() {
        signal("HUP", List.of(postmaster.toHandle()));
    }

    private List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(List.of(postmaster.toHandle()));
        try (Stream<ProcessHandle> descendants = postmaster.descendants()) {
            descendants.forEach(family::add);
        }
        return family;
    }

    private static void signal(String signal, List<ProcessHandle> processes) {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "kill -" + signal + " \"$@\" 2>/dev/null", "sh"));
        processes.stream().filter(ProcessHandle::isAlive).forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() {
        try {
            if (!postmaster.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                signal("KILL", family());
                postmaster.waitFor();
            }
        } catch (InterruptedException e) {
            signal("KILL", family());
            Thread.currentThread().interrupt();
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
