package io.rdsagent.localrds;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A shell that outlives a JVM which is killed without warning: its input ends then, and it kills the servers it was told of and
 * deletes their files. In an orderly end it is dismissed and does nothing.
 */
final class Watchdog implements AutoCloseable {

    /** A number that meanwhile belongs to another process is left alone: its command line does not name this folder. Ctrl-C reaches the shell too and must not end it early. */
    private static final String SCRIPT = """
            trap '' INT TERM HUP
            pids=
            while read -r pid; do pids="$pids $pid"; done
            for pid in $pids; do
              if grep -qF "$1" "/proc/$pid/cmdline"; then
                kill -9 "$pid" $(cat "/proc/$pid/task/$pid/children")
              fi
            done
            rm -rf "$1"
            """;

    private final Process shell;

    Watchdog(Path directory) throws IOException {
        shell = new ProcessBuilder("sh", "-c", SCRIPT, "local-rds-watchdog", directory.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    void watch(Process postmaster) throws IOException {
        OutputStream in = shell.getOutputStream();
        in.write((postmaster.pid() + "\n").getBytes(StandardCharsets.US_ASCII));
        in.flush();
    }

    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
