package io.rdsagent.localrds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MainIT {

    /** JUnit makes it for its own user alone, and the servers may run as another one. */
    @TempDir
    private Path folder;

    private Process jvm;
    private BufferedReader said;
    private PrintWriter say;

    @BeforeEach
    void openTheFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void start(String engine) throws IOException {
        jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--engine=" + engine,
                        "--nodes=2",
                        "--addresses=127.3.2")
                .redirectErrorStream(true)
                .start();
        said = new BufferedReader(new InputStreamReader(jvm.getInputStream(), StandardCharsets.UTF_8));
        say = new PrintWriter(jvm.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    @AfterEach
    void end() throws InterruptedException {
        jvm.destroyForcibly().waitFor();
    }

    @ParameterizedTest
    @CsvSource({"postgres, jdbc:postgresql:", "mysql, jdbc:mysql:"})
    void aPersonStartsTriesAndQuits(String engine, String scheme) throws Exception {
        start(engine);
        assertThat(readUntil("JDBC URL")).last().asString().contains(scheme);
        assertThat(readUntil("Type help")).anyMatch(line -> line.contains("127.3.2.11"));
        List<ProcessHandle> servers = servers();
        say.println("promote 2");
        assertThat(readUntil("promote")).last().asString().contains("The writer is orders-2.");
        say.println("kill 7");
        assertThat(readUntil("Which node?")).isNotEmpty();
        say.println("promote 2");
        assertThat(readUntil("Not done")).last().asString().contains("promote a standby");
        say.println("kill 1");
        say.println("status");
        assertThat(readUntil("orders-1  127")).last().asString().endsWith("reader  not running");
        say.println("logins");
        assertThat(readUntil("Nobody has tried")).isNotEmpty();
        say.println("quit");

        assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(jvm.exitValue()).isZero();
        assertThatNothingIsLeftOf(servers);
    }

    @Test
    void anInterruptEndsEverything() throws Exception {
        start("postgres");
        readUntil("Type help");
        List<ProcessHandle> servers = servers();

        jvm.destroy();

        assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThatNothingIsLeftOf(servers);
    }

    @Test
    void aJvmThatIsKilledLeavesNoServerBehind() throws Exception {
        start("postgres");
        readUntil("Type help");
        List<ProcessHandle> servers = servers();
        say.println("freeze 2");
        readUntil("Done: freeze");

        jvm.destroyForcibly().waitFor();

        assertThatNothingIsLeftOf(servers);
    }

    private List<ProcessHandle> servers() {
        List<ProcessHandle> servers = jvm.descendants().toList();
        assertThat(servers).hasSizeGreaterThan(2);
        return servers;
    }

    private void assertThatNothingIsLeftOf(List<ProcessHandle> servers) {
        Awaitility.await().untilAsserted(() -> {
            assertThat(servers).noneMatch(ProcessHandle::isAlive);
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files)
                        .noneMatch(file -> file.getFileName().toString().startsWith("local-rds-"));
            }
        });
    }

    private List<String> readUntil(String words) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            lines.add(line);
            if (line.contains(words)) {
                return lines;
            }
        }
        throw new AssertionError("It never said " + words + " but\n" + String.join("\n", lines));
    }
}
