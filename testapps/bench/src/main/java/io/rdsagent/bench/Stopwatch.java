package io.rdsagent.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs programs one at a time and asks the kernel what each took: bash's {@code time} reads it as it waits for the
 * process (wait4 and rusage), to the millisecond, with every thread and the JVM's own end in it.
 * {@code ProcessHandle.Info.totalCpuDuration} knows nothing of a process that has ended.
 */
final class Stopwatch {

    private static final String SCRIPT =
            "TIMEFORMAT='%3R %3U %3S'; out=$1; shift; { time \"$@\" >\"$out\" 2>&1; } 2>\"$out.time\"";
    private static final int LIMIT_SECONDS = 180;

    private final Path output;

    /** @param folder for the output of the programs */
    Stopwatch(Path folder) {
        output = folder.resolve("output");
    }

    /** @throws IllegalStateException with what the program printed, if it fails or does not end */
    Usage run(Program program) {
        List<String> command = new ArrayList<>(List.of("bash", "-c", SCRIPT, "bench", output.toString()));
        command.addAll(program.command());
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            try {
                requireSuccess(program, process);
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String[] seconds = Files.readString(output.resolveSibling("output.time"))
                    .trim()
                    .split(" ");
            double cpu = Double.parseDouble(seconds[1]) + Double.parseDouble(seconds[2]);
            return new Usage(Double.parseDouble(seconds[0]), cpu, Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while " + program.mainClass() + " ran", e);
        }
    }

    private void requireSuccess(Program program, Process process) throws IOException, InterruptedException {
        String ownWords = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (!ended || process.exitValue() != 0) {
            throw new IllegalStateException(program.mainClass().getSimpleName()
                    + (ended ? " ended with exit code " + process.exitValue() : " did not end")
                    + ", so there is nothing to compare. It said:\n" + ownWords
                    + (Files.exists(output) ? Files.readString(output) : ""));
        }
    }
}
