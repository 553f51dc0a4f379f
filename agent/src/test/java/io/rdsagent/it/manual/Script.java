package io.rdsagent.it.manual;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs what a shell is given, in a folder of the test's, with nobody's own AWS keys or agent's settings around it. */
final class Script {

    private static final Path BIN = Path.of(System.getProperty("java.home"), "bin");

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    record Ended(int status, String out, String err) {}

    Script(Path folder) {
        this.folder = folder;
    }

    Script environment(Map<String, String> more) {
        environment.putAll(more);
        return this;
    }

    /** Whether there is a program of this name to run. */
    static boolean finds(String program) throws IOException, InterruptedException {
        return new ProcessBuilder("bash", "-c", "command -v " + program)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    Ended run(String text) throws IOException, InterruptedException {
        File out = folder.resolve("out").toFile();
        File err = folder.resolve("err").toFile();
        ProcessBuilder bash = new ProcessBuilder("bash", "-euc", text)
                .directory(folder.toFile())
                .redirectOutput(out)
                .redirectError(err);
        Map<String, String> all = bash.environment();
        all.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("RDSAGENT_") || name.startsWith("PG"));
        all.putAll(environment);
        all.put("PATH", BIN + File.pathSeparator + all.get("PATH"));
        Process process = bash.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("did not end: " + text);
        }
        return new Ended(
                process.exitValue(),
                Files.readString(out.toPath(), StandardCharsets.UTF_8),
                Files.readString(err.toPath(), StandardCharsets.UTF_8));
    }
}
