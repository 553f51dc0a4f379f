package io.rdsagent.localrds;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The library that MySQL is linked with and, with {@code innodb_use_native_aio = OFF}, never calls: the machine's, or
 * an empty one.
 *
 * @param folder a folder of MySQL's run path
 */
record Libaio(Path folder) {

    private static final String NAME = "libaio.so.1";

    /** Debian 13 and Ubuntu 24.04 renamed it. */
    private static final String RENAMED = "libaio.so.1t64";

    private static final List<String> FOLDERS =
            List.of("/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/lib");

    private static final String EMPTY = """
            int io_setup(void) { return -38; }
            int io_destroy(void) { return -38; }
            int io_submit(void) { return -38; }
            int io_cancel(void) { return -38; }
            int io_getevents(void) { return -38; }
            int io_queue_init(void) { return -38; }
            """;

    void provide() throws IOException {
        Files.createDirectories(folder);
        Optional<Path> installed = installed();
        if (installed.isPresent()) {
            Files.createSymbolicLink(folder.resolve(NAME), installed.get());
        } else {
            compile();
        }
    }

    private static Optional<Path> installed() {
        return Stream.of(NAME, RENAMED)
                .flatMap(name -> FOLDERS.stream().map(folder -> Path.of(folder, name)))
                .filter(Files::exists)
                .findFirst();
    }

    private void compile() throws IOException {
        Path source = Files.writeString(folder.resolve("libaio.c"), EMPTY);
        List<String> command = List.of(
                "cc",
                "-shared",
                "-fPIC",
                "-nostdlib",
                "-Wl,-soname," + NAME,
                "-o",
                folder.resolve(NAME).toString(),
                source.toString());
        try {
            Process compiler = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (compiler.waitFor(30, TimeUnit.SECONDS) && compiler.exitValue() == 0) {
                return;
            }
            throw missing(null);
        } catch (IOException e) {
            throw missing(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw missing(e);
        }
    }

    private static LocalRdsException missing(Exception cause) {
        return new LocalRdsException(
                "MySQL is linked with " + NAME + ", which is not installed, and no C compiler (cc) is here to make an"
                        + " empty one. Install the library (Debian: libaio1, or libaio1t64) or a compiler (gcc).",
                cause);
    }
}
