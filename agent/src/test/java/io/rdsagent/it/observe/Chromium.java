package io.rdsagent.it.observe;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real browser, without a screen. */
final class Chromium {

    private final Path program;
    private final Path folder;

    private Chromium(Path program, Path folder) {
        this.program = program;
        this.folder = folder;
    }

    /** Skips the test where there is no Chromium. */
    static Chromium in(Path folder) {
        Path found = null;
        for (String place : System.getenv("PATH").split(File.pathSeparator)) {
            Path candidate = Path.of(place, "chromium");
            found = found == null && Files.isExecutable(candidate) ? candidate : found;
        }
        assumeTrue(found != null, "no chromium on the PATH; install it to try the status page in a browser");
        return new Chromium(found, folder);
    }

    /** The document as it is once its script has drawn it. */
    String look(String url) throws IOException, InterruptedException {
        Path dom = folder.resolve("dom.html");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--user-data-dir=" + folder.resolve("chromium"),
                // It stands still while an answer is awaited, so a slow machine sees the same.
                "--virtual-time-budget=4000",
                "--dump-dom",
                url));
        Process process = new ProcessBuilder(command)
                .redirectOutput(dom.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("chromium did not end");
        }
        return Files.readString(dom, StandardCharsets.UTF_8);
    }
}
