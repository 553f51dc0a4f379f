package io.rdsagent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.given.TwoHosts;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
 * counts too much of.
 */
@Tag("timed")
class MysqlHostCacheIT {

    private static final int PORT = 3399;

    private TwoHosts hosts;
    private Process server;

    @BeforeEach
    void layACable() throws Exception {
        hosts = new TwoHosts();
    }

    @AfterEach
    void takeItAwayAgain() throws Exception {
        if (server != null) {
            server.destroy();
            server.waitFor(30, TimeUnit.SECONDS);
            server.destroyForcibly();
        }
        if (hosts != null) {
            hosts.close();
        }
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
                        + "\n[mysqld]\nuser = root\nbind_address = " + TwoHosts.SERVER + "\nport = " + PORT
                        + "\nmax_connect_errors = 3\nssl = ON\n");
        server = hosts.onServer(program.toString(), "--defaults-file=" + watchful)
                .redirectOutput(folder.resolve("server.log").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> probes(1, "probe").equals("answered 1"));
    }

    private String probes(int count, String kind) throws Exception {
        return TwoHosts.said(hosts.classOnClient(
                "io.rdsagent.driver.MysqlProbes", TwoHosts.SERVER, String.valueOf(PORT), String.valueOf(count), kind));
    }
}
