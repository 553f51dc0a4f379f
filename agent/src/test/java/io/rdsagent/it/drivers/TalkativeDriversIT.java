package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A driver that is told to write whatever it can, its packets too, writes no token. */
class TalkativeDriversIT {

    /** As drivers dump their packets: two digits for each byte. */
    private static final Pattern DUMPED = Pattern.compile("(?:\\b[0-9a-fA-F]{2}\\b\\s+){4,}");

    private static final String CONNECTOR_J = "traceProtocol=true&enablePacketDebug=true&packetDebugBufferSize=50"
            + "&maxQuerySizeToLog=100000&profileSQL=true&logSlowQueries=true&slowQueryThresholdMillis=0"
            + "&dumpQueriesOnException=true&includeThreadDumpInDeadlockExceptions=true";

    private record Family(String name, Engine engine, String program, String url, String then, List<String> drivers) {

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Family> families() {
        return List.of(
                new Family(
                        "PGJDBC",
                        Engine.POSTGRES,
                        "Connects",
                        "jdbc:postgresql://HOST/orders?user=app&loggerLevel=TRACE&loglevel=2&logUnclosedConnections=true&logServerErrorDetail=true",
                        "1",
                        Versions.of(
                                List.of("postgresql-9.4.1212", "postgresql-42.7.14"),
                                "postgresql-42.2.0",
                                "postgresql-42.2.5",
                                "postgresql-42.5.6")),
                new Family(
                        "CONNECTOR J 5",
                        Engine.MYSQL,
                        "MysqlConnects",
                        "jdbc:mysql://HOST/orders?user=app&autoGenerateTestcaseScript=true&useUsageAdvisor=true&"
                                + CONNECTOR_J,
                        "killed",
                        List.of("mysql-connector-java-5.1.49")),
                new Family(
                        "CONNECTOR J 8",
                        Engine.MYSQL,
                        "MysqlConnects",
                        "jdbc:mysql://HOST/orders?user=app&" + CONNECTOR_J,
                        "killed",
                        connectorJ()),
                new Family(
                        "CONNECTOR J BALANCED",
                        Engine.MYSQL,
                        "MysqlConnects",
                        "jdbc:mysql:loadbalance://HOST,HOST/orders?user=app&" + CONNECTOR_J,
                        "killed",
                        balanced()),
                new Family(
                        "CONNECTOR J BALANCED BY HOST",
                        Engine.MYSQL,
                        "MysqlConnects",
                        "jdbc:mysql:loadbalance://(host=NAME,port=PORT,traceProtocol=true,enablePacketDebug=true)/orders?user=app",
                        "killed",
                        balanced()),
                new Family(
                        "CONNECTOR J 5 BALANCED BY HOST",
                        Engine.MYSQL,
                        "MysqlConnects",
                        "jdbc:mysql:loadbalance://address=(protocol=tcp)(host=NAME)(port=PORT)(traceProtocol=true)(enablePacketDebug=true)/orders?user=app",
                        "killed",
                        List.of("mysql-connector-java-5.1.49")),
                new Family(
                        "CONNECTOR J THAT LOGS IN ANEW",
                        Engine.MYSQL,
                        "MysqlConnects",
                        "jdbc:mysql://HOST/orders?user=app&" + CONNECTOR_J,
                        "reset",
                        Versions.of(List.of("mysql-connector-java-5.1.49"), "mysql-connector-java-8.0.13")),
                new Family(
                        "MARIADB",
                        Engine.MARIADB,
                        "MysqlConnects",
                        "jdbc:mariadb://HOST/orders?user=app&log=true&profileSql=true&slowQueryThresholdNanos=1"
                                + "&maxQuerySizeToLog=100000&dumpQueriesOnException=true&includeThreadDumpInDeadlockExceptions=true",
                        "killed",
                        Versions.of(
                                List.of(
                                        "mariadb-java-client-2.7.12",
                                        "mariadb-java-client-3.0.10",
                                        "mariadb-java-client-4.0.0"),
                                "mariadb-java-client-1.8.0",
                                "mariadb-java-client-3.5.11")));
    }

    private static List<String> balanced() {
        return Versions.of(List.of(), connectorJ().toArray(new String[0]));
    }

    private static List<String> connectorJ() {
        return Versions.of(
                List.of("mysql-connector-j-26.10.0"), "mysql-connector-java-8.0.13", "mysql-connector-j-8.0.33");
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void writesNoToken(Engine engine) throws Exception {
        try (LocalRds rds = LocalRds.builder().engine(engine).nodes(1).start()) {
            for (Family family : families()) {
                for (String driver : family.engine() == engine ? family.drivers() : List.<String>of()) {
                    writesNoToken(family, driver, rds);
                }
            }
        }
    }

    private void writesNoToken(Family family, String driver, LocalRds rds) throws Exception {
        rds.log().clear();
        ForkedJvm jvm = talkative(family, driver, rds).run();

        assertThat(rds.log().logins())
                .as(family + driver + jvm.all())
                .extracting(Login::verdict)
                .contains(Verdict.ACCEPTED);
        assertThat(jvm.all()).as(family + driver).doesNotContain("X-Amz-").doesNotContain("Action=connect");
        assertThat(undumped(jvm.all()))
                .as(family + driver)
                .doesNotContain("X-Amz-")
                .doesNotContain("Action=connect");
    }

    private ForkedJvm.Builder talkative(Family family, String driver, LocalRds rds) throws Exception {
        Path logging = Files.writeString(
                directory.resolve("logging.properties"),
                "handlers=java.util.logging.ConsoleHandler\n.level=ALL\njava.util.logging.ConsoleHandler.level=ALL\n");
        String url = family.url()
                .replace("HOST", rds.clusterHost() + ":" + rds.port())
                .replace("NAME", rds.clusterHost())
                .replace("PORT", String.valueOf(rds.port()));
        return ForkedJvm.of("com.example." + family.program(), url, family.then())
                .library(driver)
                .artifacts(List.of("org.slf4j:slf4j-simple:" + System.getProperty("slf4j.version")))
                .option("-Dorg.slf4j.simpleLogger.defaultLogLevel=trace")
                .option("-Djava.util.logging.config.file=" + logging)
                .set("log.level", "trace")
                .on(rds);
    }

    /** The bytes of all dumps, as text. */
    private static String undumped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (Matcher dump = DUMPED.matcher(text); dump.find(); ) {
            for (String digits : dump.group().trim().split("\\s+")) {
                bytes.write(Integer.parseInt(digits, 16));
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
