package io.rdsagent.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Probes from another host: a server counts what goes wrong in a handshake by host, but for its own, and locks out whom it
 * counts too much of. Client and server have a network namespace each, which takes root.
 */
@Tag("timed")
class MysqlHostCacheIT {

    private static final String SERVER = "10.97.31.1";
    private static final String CLIENT = "10.97.31.2";
    private static final int PORT = 3399;

    private final String here = "rds-agent-a-" + ProcessHandle.current().pid();
    private final String there = "rds-agent-b-" + ProcessHandle.current().pid();
    private final Path names = Path.of("/etc/netns", here);
    private Process server;

    @BeforeEach
    void layACableBetweenTwoNamespaces() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "root is needed for network namespaces");
        assumeTrue(run("ip", "netns", "add", here).isEmpty(), "there are no network namespaces here");
        run("ip", "netns", "add", there);
        run("ip", "link", "add", "cable", "netns", here, "type", "veth", "peer", "name", "cable", "netns", there);
        plugIn(here, SERVER);
        plugIn(there, CLIENT);
        // A client whose name the server can't find out is not counted.
        Files.createDirectories(names);
        Files.writeString(
                names.resolve("hosts"), "127.0.0.1 localhost\n" + SERVER + " server\n" + CLIENT + " client\n");
        Files.writeString(names.resolve("nsswitch.conf"), "hosts: files\n");
    }

    private static void plugIn(String namespace, String address) throws Exception {
        run("ip", "-n", namespace, "addr", "add", address + "/24", "dev", "cable");
        run("ip", "-n", namespace, "link", "set", "cable", "up");
        run("ip", "-n", namespace, "link", "set", "lo", "up");
    }

    @AfterEach
    void takeItAwayAgain() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor(30, TimeUnit.SECONDS);
            server.destroyForcibly();
        }
        run("ip", "netns", "del", here);
        run("ip", "netns", "del", there);
        Files.deleteIfExists(names.resolve("hosts"));
        Files.deleteIfExists(names.resolve("nsswitch.conf"));
        Files.deleteIfExists(names);
    }

    @ParameterizedTest
    @CsvSource({"MYSQL, 8.0, mysql/bin/mysqld", "MARIADB, 11.4, mariadb/bin/mariadbd"})
    void aHostThatProbesIsNotLockedOut(Engine engine, String version, String program, @TempDir Path folder)
            throws Exception {
        try (LocalRds rds =
                LocalRds.builder().engine(engine).version(version).nodes(1).start()) {
            rds.node(1).stop();
            start(rds.caFile().resolveSibling(program), rds.caFile().resolveSibling("orders-1.cnf"), folder);

            assertThat(probes(20, "probe")).isEqualTo("answered 20");

            probes(3, "hang-up");
            assertThat(probes(1, "probe"))
                    .as("what does lock it out")
                    .contains("is blocked because of many connection");
        }
    }

    /** The stopped server of the local RDS, without its gate, with TLS of its own, and watchful. */
    private void start(Path program, Path configuration, Path folder) throws Exception {
        Path watchful = folder.resolve("my.cnf");
        Files.writeString(
                watchful,
                Files.readString(configuration)
                                .replaceAll(
                                        "(?m)^(skip_name_resolve|skip_ssl|ssl|max_connect_errors|auto_generate_certs).*$",
                                        "")
                        + "\n[mysqld]\nuser = root\nbind_address = " + SERVER + "\nport = " + PORT
                        + "\nmax_connect_errors = 3\nssl = ON\n");
        List<String> command = inside(here, program.toString(), "--defaults-file=" + watchful);
        server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> probes(1, "probe").equals("answered 1"));
    }

    private String probes(int count, String kind) throws Exception {
        String classes = Path.of("target/classes").toAbsolutePath() + ":"
                + Path.of("target/test-classes").toAbsolutePath();
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return run(inside(
                        there,
                        java,
                        "-cp",
                        classes,
                        "io.rdsagent.driver.MysqlProbes",
                        SERVER,
                        String.valueOf(PORT),
                        String.valueOf(count),
                        kind)
                .toArray(new String[0]));
    }

    private static List<String> inside(String namespace, String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        all.addAll(List.of(command));
        return all;
    }

    /** What it says. */
    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
        process.waitFor();
        return said;
    }
}
