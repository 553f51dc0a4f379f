package io.rdsagent.it.jvms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hive's standalone metastore on MySQL, with the libraries of a Hadoop in the place of one: it makes its tables, and
 * works while its connections are replaced.
 */
class HiveIT {

    private static final String VERSION = "4.0.1";
    private static final String ROW = "Hive standalone metastore " + VERSION + ", schematool and metastore, on MySQL";

    private static final int DATABASES = 40;

    /** More than its two pools open for themselves. */
    private static final int LOGINS = 25;

    @TempDir
    Path directory;

    @Test
    void theMetastoreMakesItsTablesAndWorksWhileItsConnectionsAreReplaced() throws Exception {
        assumeTrue(JvmsTable.wants(ROW));
        assumeTrue("all".equals(System.getProperty("matrix")), "150 MB, a minute");
        Path home = directory.resolve("home");
        new Distribution("org.apache.hive:hive-standalone-metastore-server:tar.gz:bin:" + VERSION).unpack(home);
        List<Path> hadoop =
                Site.resolve("org.apache.hadoop:hadoop-client:3.3.6", "org.apache.hadoop:hadoop-hdfs:3.3.6");
        int port = freePort();
        try (LocalRds rds = LocalRds.builder().engine(Engine.MYSQL).nodes(1).start()) {
            Files.writeString(home.resolve("conf/metastore-site.xml"), configuration(rds, port));

            ForkedJvm tool = hive(
                            home,
                            hadoop,
                            "org.apache.hadoop.hive.metastore.tools.schematool.MetastoreSchemaTool",
                            "-dbType",
                            "mysql",
                            "-initSchema")
                    .on(rds)
                    .run();
            assertThat(tool.status()).as(tool.all()).isZero();
            assertThat(tool.all()).contains("Initialization script completed");

            try (ForkedJvm metastore = hive(home, hadoop, "org.apache.hadoop.hive.metastore.HiveMetaStore")
                    .on(rds)
                    .set("lifetime", "2s")
                    .set("lifetime.margin", "300ms")
                    .start()) {
                awaitOpen(port, metastore);
                rds.log().clear();

                ForkedJvm client = client(home, hadoop, port);

                assertThat(client.out("databases"))
                        .as(client.all() + metastore.all())
                        .hasSize(DATABASES);
                assertThat(rds.log().with(Verdict.ACCEPTED)).hasSizeGreaterThan(LOGINS);
                assertThat(metastore.err()).noneMatch(line -> line.contains("rds-jdbc-agent WARN"));
            }
            JvmsTable.ok("Products", ROW, String.valueOf(Runtime.version().feature()));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private String configuration(LocalRds rds, int port) {
        Map<String, String> settings = Map.of(
                "javax.jdo.option.ConnectionURL", "jdbc:mysql://" + rds.clusterHost() + ":" + rds.port() + "/orders",
                "javax.jdo.option.ConnectionDriverName", "com.mysql.cj.jdbc.Driver",
                "javax.jdo.option.ConnectionUserName", "app",
                "javax.jdo.option.ConnectionPassword", "iam",
                "metastore.thrift.port", String.valueOf(port),
                "metastore.thrift.bind.host", "127.0.0.1",
                "metastore.warehouse.dir", directory.resolve("warehouse").toString(),
                "metastore.expression.proxy", "org.apache.hadoop.hive.metastore.DefaultPartitionExpressionProxy",
                "metastore.task.threads.always", "org.apache.hadoop.hive.metastore.events.EventCleanerTask");
        return settings.entrySet().stream()
                .map(setting -> "<property><name>" + setting.getKey() + "</name><value>" + setting.getValue()
                        + "</value></property>\n")
                .collect(Collectors.joining("", "<configuration>\n", "</configuration>\n"));
    }

    private static ForkedJvm.Builder hive(Path home, List<Path> hadoop, String main, String... arguments) {
        ForkedJvm.Builder hive = ForkedJvm.of(main, arguments)
                .environment("METASTORE_HOME", home.toString())
                .option("--add-opens=java.base/java.net=ALL-UNNAMED")
                .option("-Dlog4j.configurationFile=metastore-log4j2.properties")
                .option("-Dmetastore.log.dir=" + home.resolve("logs"))
                .withoutFolders()
                .jar(home.resolve("conf"))
                .jar(home.resolve("lib/*"))
                .library("mysql-connector-j-8.0.33");
        hadoop.forEach(hive::jar);
        return hive;
    }

    private static void awaitOpen(int port, ForkedJvm metastore) {
        Awaitility.await("an open port").atMost(Duration.ofMinutes(2)).until(() -> {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
                return true;
            } catch (IOException notYet) {
                return !metastore.isAlive();
            }
        });
        assertThat(metastore.isAlive()).as(metastore.all()).isTrue();
    }

    private ForkedJvm client(Path home, List<Path> hadoop, int port) throws Exception {
        List<Path> libraries;
        try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
            libraries = Stream.concat(jars, hadoop.stream()).toList();
        }
        Path classes = directory.resolve("classes");
        Sources.compile("hive", "Warehouse", "javax", libraries, classes);
        return hive(
                        home,
                        hadoop,
                        "com.example.Warehouse",
                        "thrift://127.0.0.1:" + port,
                        directory.resolve("warehouse").toString(),
                        String.valueOf(DATABASES))
                .jar(classes)
                .withoutAgent()
                .run();
    }
}
