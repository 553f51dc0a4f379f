package io.rdsagent.it.jvms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Products from Maven Central as they are, whose configuration has a word in the password's place: each makes its tables
 * and works. Those that take a minute or a large download only with {@code -Pmatrix}; the recipes are in the manual.
 */
class ProductsIT {

    private static final boolean ALL = "all".equals(System.getProperty("matrix"));

    private static final String FLYWAY = "Flyway 11.14.1, migrate";
    private static final String LIQUIBASE = "Liquibase 4.29.2, update";
    private static final String KEYCLOAK = "Keycloak 26.1.4 (Quarkus, Agroal), start-dev";
    private static final String ACTIVE_MQ = "ActiveMQ Classic 5.18.3, jdbcPersistenceAdapter";

    private LocalRds rds;

    @TempDir
    Path directory;

    @BeforeEach
    void start() throws Exception {
        rds = LocalRds.builder().nodes(1).start();
    }

    @AfterEach
    void stop() {
        rds.close();
    }

    @Test
    void flywayMigrates() throws Exception {
        assumeTrue(JvmsTable.wants(FLYWAY));
        assumeTrue(ALL, "250 MB, of drivers for other databases");
        Path migrations = Files.createDirectory(directory.resolve("sql"));
        Files.writeString(migrations.resolve("V1__parcels.sql"), "CREATE TABLE parcels (id int);");
        Path configuration = directory.resolve("flyway.conf");
        Files.writeString(
                configuration,
                "flyway.url=" + url() + "\nflyway.user=app\nflyway.password=iam\nflyway.locations=filesystem:"
                        + migrations + "\n");

        ForkedJvm flyway = ForkedJvm.of("org.flywaydb.commandline.Main", "-configFiles=" + configuration, "migrate")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .artifacts(List.of(
                        "org.flywaydb:flyway-commandline:11.14.1", "org.flywaydb:flyway-database-postgresql:11.14.1"))
                .on(rds)
                .run();

        assertThat(flyway.status()).as(flyway.all()).isZero();
        assertThat(has("parcels")).as(flyway.all()).isTrue();
        works(FLYWAY);
    }

    @Test
    void liquibaseUpdates() throws Exception {
        assumeTrue(JvmsTable.wants(LIQUIBASE));
        Files.writeString(
                directory.resolve("changes.sql"),
                "--liquibase formatted sql\n--changeset a:1\nCREATE TABLE parcels (id int);\n");

        ForkedJvm liquibase = ForkedJvm.of(
                        "liquibase.integration.commandline.LiquibaseCommandLine",
                        "--search-path=" + directory,
                        "update",
                        "--changelog-file=changes.sql",
                        "--url=" + url(),
                        "--username=app",
                        "--password=iam")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .artifacts(List.of(
                        "org.liquibase:liquibase-core:4.29.2", "info.picocli:picocli:4.7.6", "org.yaml:snakeyaml:2.2"))
                .on(rds)
                .run();

        assertThat(liquibase.status()).as(liquibase.all()).isZero();
        assertThat(has("parcels")).as(liquibase.all()).isTrue();
        works(LIQUIBASE);
    }

    @Test
    void keycloakMakesItsRealmAndAnswers() throws Exception {
        assumeTrue(JvmsTable.wants(KEYCLOAK));
        assumeTrue(ALL, "142 MB, a minute and a half");
        Path home = unpack("org.keycloak:keycloak-quarkus-dist:zip:26.1.4");
        Site site = Site.at(directory.resolve("port"), Java.of(17).orElseThrow(), rds, true);

        try (ForkedJvm keycloak = start(
                home,
                Map.of("JAVA_HOME", site.java().home().toString(), "JAVA_TOOL_OPTIONS", attached(site)),
                "bin/kc.sh",
                "start-dev",
                "--db=postgres",
                "--db-url=" + url(),
                "--db-username=app",
                "--db-password=iam",
                "--http-host=127.0.0.1",
                "--http-port=" + site.port())) {
            await(keycloak, "Listening on:");

            assertThat(rds.admin(rds.writer(), "SELECT name FROM realm")).containsExactly(List.of("master"));
            works(KEYCLOAK);
        }
    }

    @Test
    void activeMqKeepsItsMessagesThere() throws Exception {
        assumeTrue(JvmsTable.wants(ACTIVE_MQ));
        assumeTrue(ALL, "50 MB");
        Path home = unpack("org.apache.activemq:apache-activemq:zip:bin:5.18.3");
        Site site = Site.at(directory.resolve("port"), Java.of(17).orElseThrow(), rds, true);
        Files.copy(site.driver(), home.resolve("lib/optional/driver.jar"));
        Files.writeString(home.resolve("conf/activemq.xml"), broker(site));

        try (ForkedJvm broker = start(
                home,
                Map.of("JAVA_HOME", site.java().home().toString(), "ACTIVEMQ_OPTS", attached(site)),
                "bin/activemq",
                "console")) {
            await(broker, "Connector tcp://127.0.0.1:" + site.port() + " started");

            assertThat(has("activemq_msgs")).as(broker.all()).isTrue();
            works(ACTIVE_MQ);
        }
    }

    private String broker(Site site) {
        return "<beans xmlns=\"http://www.springframework.org/schema/beans\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                + " xsi:schemaLocation=\"http://www.springframework.org/schema/beans"
                + " http://www.springframework.org/schema/beans/spring-beans.xsd http://activemq.apache.org/schema/core"
                + " http://activemq.apache.org/schema/core/activemq-core.xsd\">"
                + "<bean id=\"orders\" class=\"org.apache.commons.dbcp2.BasicDataSource\" destroy-method=\"close\">"
                + "<property name=\"driverClassName\" value=\"org.postgresql.Driver\"/><property name=\"url\" value=\""
                + url()
                + "\"/><property name=\"username\" value=\"app\"/><property name=\"password\" value=\"iam\"/></bean>"
                + "<broker xmlns=\"http://activemq.apache.org/schema/core\" brokerName=\"localhost\" dataDirectory=\"${activemq.data}\">"
                + "<persistenceAdapter><jdbcPersistenceAdapter dataSource=\"#orders\"/></persistenceAdapter>"
                + "<transportConnectors><transportConnector uri=\"tcp://127.0.0.1:" + site.port()
                + "\"/></transportConnectors></broker></beans>";
    }

    private static void works(String product) {
        JvmsTable.ok("Products", product, String.valueOf(Runtime.version().feature()));
    }

    private String url() {
        return "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders";
    }

    private boolean has(String table) {
        return !rds.admin(
                        rds.writer(),
                        "SELECT 1 FROM pg_tables WHERE tableowner = 'app' AND tablename = '" + table + "'")
                .isEmpty();
    }

    private Path unpack(String artifact) throws IOException {
        Path home = directory.resolve("home");
        new Distribution(artifact).unpack(home);
        return home;
    }

    private static String attached(Site site) {
        return "-javaagent:" + ForkedJvm.AGENT + " " + String.join(" ", site.options());
    }

    private ForkedJvm start(Path home, Map<String, String> environment, String... command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(AWS|RDSAGENT|JAVA|JDK|KC|ACTIVEMQ).*"));
        builder.environment().putAll(rds.environment());
        builder.environment().putAll(environment);
        return ForkedJvm.start(builder);
    }

    private static void await(ForkedJvm product, String text) {
        try {
            Awaitility.await(text)
                    .atMost(Duration.ofMinutes(4))
                    .until(() -> !product.isAlive() || product.all().contains(text));
        } catch (ConditionTimeoutException never) {
            throw new AssertionError(product.all(), never);
        }
        assertThat(product.all()).contains(text).contains("active. Logged in as app");
    }
}
