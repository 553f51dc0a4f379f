package io.rdsagent.localrds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A server's process with its children: begun, ended, frozen. Not thread-safe. */
final class ServerProcess {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private final Program program;
    private final Unprivileged user;
    private final Watchdog watchdog;

    private Process process;
    private boolean frozen;

    ServerProcess(Program program, Unprivileged user, Watchdog watchdog) {
        this.program = program;
        this.user = user;
        this.watchdog = watchdog;
    }

    /**
     * What runs.
     *
     * @param command it must name the cluster's folder, by which the watchdog knows the process again
     * @param folder its working directory
     * @param log what it says is appended here
     * @param shutdown the signal that ends it in order, as in {@code INT}
     * @param beforeShutdown what lets it end sooner
     * @param answers whether it answers queries
     * @param afterKill tidies up what it would have tidied up itself
     */
    record Program(
            List<String> command,
            Path folder,
            Path log,
            String shutdown,
            Runnable beforeShutdown,
            BooleanSupplier answers,
            Runnable afterKill) {

        @Override
        public String toString() {
            return command.get(0) + " in " + folder;
        }
    }

    boolean running() {
        return process != null && process.isAlive();
    }

    boolean frozen() {
        return frozen;
    }

    /** Whether it runs and is not frozen. */
    boolean answering() {
        return running() && !frozen;
    }

    /** Starts it and returns when it answers queries. */
    void start() throws IOException {
        process = user.start(program.command(), program.folder(), program.log());
        watchdog.watch(process);
        frozen = false;
        Await.until(
                () -> !running() || program.answers().getAsBoolean(),
                START_LIMIT,
                () -> program + " did not answer in " + START_LIMIT.toSeconds() + " s. It said:\n"
                        + Unprivileged.lastLines(program.log()));
        if (!running()) {
            throw new LocalRdsException(
                    program + " ended at its start. It said:\n" + Unprivileged.lastLines(program.log()));
        }
    }

    /** Ends all sessions and the server in order. */
    void stop() {
        if (frozen) {
            kill();
        } else if (running()) {
            program.beforeShutdown().run();
            signal(program.shutdown());
            awaitEnd();
        }
    }

    /** SIGKILL to the server and every process of it, as when the machine is lost. */
    void kill() {
        if (running()) {
            signal("KILL", family());
            awaitEnd();
            program.afterKill().run();
        }
        frozen = false;
    }

    /** SIGSTOP: the server's sockets stay open and nothing answers. */
    void freeze() {
        signal("STOP");
        signal("STOP", family());
        frozen = true;
    }

    void thaw() {
        signal("CONT", family());
        frozen = false;
    }

    /** To the server alone, not to its children; a frozen one gets it when it thaws. */
    void signal(String signal) {
        signal(signal, List.of(process.toHandle()));
    }

    private List<ProcessHandle> family() {
        List<ProcessHandle> family = new ArrayList<>(List.of(process.toHandle()));
        try (Stream<ProcessHandle> descendants = process.descendants()) {
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
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                signal("KILL", family());
                process.waitFor();
            }
        } catch (InterruptedException e) {
            signal("KILL", family());
            Thread.currentThread().interrupt();
        }
    }
}
