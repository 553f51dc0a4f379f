package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers whose classes a vendor has moved, renamed or changed, against a server that verifies tokens. */
class VendorDriversIT {

    private static final String NEWEST = "postgresql-" + ForkedJvm.NEWEST_PGJDBC;
    private static final String MOVED = "com.vendor.pg=org.postgresql";

    private static LocalRds rds;

    @TempDir
    static Path directory;

    private static Path moved;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(2).start();
        moved = VendorJar.moved(
                NEWEST, "org.postgresql", "com.vendor.pg", Files.createDirectory(directory.resolve("moved")));
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"property", "environment", "argument", "file", "file as argument"})
    void aDriverInAnotherPackageIsServedInFullWhereverItsNameIsSaid(String place) throws Exception {
        Path file = Files.writeString(directory.resolve("agent.properties"), "log.level=debug\ndrivers=" + MOVED);
        ForkedJvm.Builder elsewhere = elsewhere("com.example.Connects", "1").jar(moved);
        ForkedJvm jvm = (switch (place) {
                    case "property" -> elsewhere.set("drivers", MOVED);
                    case "environment" -> elsewhere.environment("RDSAGENT_DRIVERS", MOVED);
                    case "argument" -> withArgument(elsewhere, "log.level=debug; drivers = " + MOVED);
                    case "file" -> elsewhere.set("config", file.toString());
                    default -> withArgument(elsewhere, file.toString());
                })
                .run();

        assertThat(jvm.out())
                .as(jvm.all())
                .containsExactly("connected orders-2 com.vendor.pg.jdbc.PgConnection", "done");
        assertThat(jvm.err()).noneSatisfy(line -> assertThat(line).contains("rds-jdbc-agent WARN"));
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    @Test
    void itsQueryTimeoutCancelsAtTheAddressThatWasDialled() throws Exception {
        ForkedJvm jvm = elsewhere("com.example.Cancels")
                .jar(moved)
                .set("drivers", MOVED)
                .run();

        assertThat(jvm.out()).as(jvm.all()).containsExactly("cancelled 57014");
    }

    @Test
    void withoutTheSettingItIsNotSeen() throws Exception {
        ForkedJvm jvm = connects().jar(moved).run();

        assertThat(jvm.out("failed")).as(jvm.all()).hasSize(1);
        assertThat(jvm.err()).noneSatisfy(line -> assertThat(line).contains("rds-jdbc-agent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.vendor.pg=org.postgre", "com.vendor.pg", "=org.postgresql", "a=b=org.postgresql"})
    void aNameThatCannotBeMeantIsSaidAtStart(String drivers) throws Exception {
        ForkedJvm jvm =
                ForkedJvm.of("com.example.Hello").set("drivers", drivers).run();

        assertThat(jvm.err()).singleElement().asString().contains("`drivers`", '"' + drivers + '"', "Right would be");
        assertThat(jvm.status()).isZero();
    }

    @Test
    void ofADriverThatIsKnownByItsOuterClassAloneTheOuterAdviceServes() throws Exception {
        ForkedJvm jvm = connects()
                .jar(moved)
                .set("drivers", "com.vendor.pg.Driver=org.postgresql.Driver")
                .run();

        assertThat(jvm.out())
                .as(jvm.all())
                .containsExactly("connected orders-1 com.vendor.pg.jdbc.PgConnection", "done");
        assertThat(warnings(jvm)).singleElement().asString().contains("never asks the agent", "by its own settings");
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    @Test
    void withoutRootsOfItsOwnSuchADriverSendsNoToken() throws Exception {
        ForkedJvm jvm = ForkedJvm.of("com.example.Connects", url("verify-full"), "1")
                .onWithoutRoots(rds)
                .jar(moved)
                .set("drivers", "com.vendor.pg.Driver=org.postgresql.Driver")
                .run();

        assertThat(jvm.out("failed")).as(jvm.all()).hasSize(1);
        assertThat(rds.log().logins()).isEmpty();
    }

    @Test
    void aDriverWithoutThePlaceForTheTokenGetsItWithItsPropertiesAndWhatIsMissingIsSaid() throws Exception {
        Path stripped = VendorJar.withMethodRenamed(
                NEWEST, "doAuthentication", "authenticate", Files.createDirectory(directory.resolve("stripped")));
        ForkedJvm jvm = connects().jar(stripped).run();

        assertThat(jvm.out())
                .as(jvm.all())
                .containsExactly("connected orders-1 org.postgresql.jdbc.PgConnection", "done");
        assertThat(warnings(jvm))
                .hasSize(2)
                .anySatisfy(line -> assertThat(line).contains("has no doAuthentication", "sends the old one"))
                .anySatisfy(line -> assertThat(line)
                        .contains("never asks the agent")
                        .doesNotContain("by its own settings", "is what it dials"));
        assertThat(rds.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    @Test
    void amazonsForkOfPgjdbcIsServedInFull() throws Exception {
        ForkedJvm jvm = elsewhere("com.example.Connects", "1")
                .library("aws-postgresql-jdbc-0.1.0")
                .set(
                        "drivers",
                        "software.aws.rds.jdbc.postgresql.shading.org.postgresql=org.postgresql,"
                                + "software.aws.rds.jdbc.postgresql.Driver=org.postgresql.Driver")
                .run();

        assertThat(jvm.out("connected orders-2 software.aws.")).as(jvm.all()).hasSize(1);
        assertThat(warnings(jvm)).isEmpty();
    }

    @Test
    void amazonsForkOfConnectorJIsServedInFull() throws Exception {
        try (LocalRds mysql = LocalRds.builder().engine(Engine.MYSQL).nodes(1).start()) {
            ForkedJvm jvm = ForkedJvm.of(
                            "com.example.MysqlConnects",
                            "jdbc:mysql://" + mysql.clusterHost() + ":" + mysql.port() + "/orders?user=app",
                            "timeout")
                    .library("aws-mysql-jdbc-1.1.15")
                    .on(mysql)
                    .set("drivers", "software.aws.rds.jdbc.mysql.shading.com.mysql.cj=com.mysql.cj")
                    .run();

            assertThat(jvm.out("connected app software.aws.")).as(jvm.all()).hasSize(1);
            assertThat(jvm.out("timed out")).as(jvm.all()).hasSize(1);
            assertThat(warnings(jvm)).isEmpty();
            assertThat(mysql.log().logins())
                    .hasSize(2)
                    .extracting(Login::verdict)
                    .containsOnly(Verdict.ACCEPTED);
        }
    }

    @Test
    void mariaDbsDriverInAnotherPackageIsServedInFull() throws Exception {
        Path jar = VendorJar.moved(
                "mariadb-java-client-4.0.0",
                "org.mariadb",
                "com.vendor.maria",
                Files.createDirectory(directory.resolve("maria")));
        try (LocalRds maria = LocalRds.builder().engine(Engine.MARIADB).nodes(1).start()) {
            ForkedJvm jvm = ForkedJvm.of(
                            "com.example.MysqlConnects",
                            "jdbc:mariadb://" + maria.clusterHost() + ":" + maria.port() + "/orders?user=app",
                            "timeout")
                    .jar(jar)
                    .on(maria)
                    .set("drivers", "com.vendor.maria=org.mariadb")
                    .run();

            assertThat(jvm.out("connected app com.vendor.maria.")).as(jvm.all()).hasSize(1);
            assertThat(warnings(jvm)).isEmpty();
            assertThat(maria.log().logins()).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
        }
    }

    private static List<String> warnings(ForkedJvm jvm) {
        return jvm.err().stream()
                .filter(line -> line.contains("rds-jdbc-agent WARN"))
                .toList();
    }

    private static ForkedJvm.Builder withArgument(ForkedJvm.Builder jvm, String argument) {
        return jvm.withoutAgent().option("-javaagent:" + ForkedJvm.AGENT + "=" + argument);
    }

    private static ForkedJvm.Builder elsewhere(String program, String... more) {
        String address = rds.node(2).address() + ":" + rds.port();
        return ForkedJvm.of(program, "jdbc:postgresql://" + address + "/orders?user=app", more)
                .on(rds)
                .set("match", address)
                .set("iam", "always")
                .set("sign-for", rds.node(2).host() + ":" + rds.port());
    }

    private static ForkedJvm.Builder connects() {
        return ForkedJvm.of("com.example.Connects", url("verify-full"), "1").on(rds);
    }

    private static String url(String tls) {
        return "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app&sslmode=" + tls;
    }
}
