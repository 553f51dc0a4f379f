package io.rdsagent.it.balancers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Of several names to sign for, the certificate of the server that answers decides, in each driver. */
class SeveralNamesIT {

    private static final String ANOTHER = "orders-8.abc123xyz.eu-west-1.rds.amazonaws.com";
    private static final String NOR_THIS = "orders-9.abc123xyz.eu-west-1.rds.amazonaws.com";

    private static LocalRds postgres;
    private static LocalRds mysql;

    @BeforeAll
    static void start() {
        postgres = LocalRds.builder().nodes(1).start();
        mysql = LocalRds.builder().engine(Engine.MYSQL).nodes(1).start();
    }

    @AfterAll
    static void stop() {
        postgres.close();
        mysql.close();
    }

    @BeforeEach
    void forget() {
        postgres.log().clear();
        mysql.log().clear();
    }

    @ParameterizedTest
    @CsvSource({"9.4.1212", "42.7.14"})
    void pgjdbcGetsTheTokenForTheNameThatTheCertificateHolds(String version) throws Exception {
        ForkedJvm jvm =
                postgres(ANOTHER, postgres.node(1).host()).pgjdbc(version).run();

        assertThat(jvm.out("connected orders-1")).as(jvm.all()).hasSize(1);
        assertThat(postgres.log().logins()).extracting(Login::verdict).containsExactly(Verdict.ACCEPTED);
    }

    /** With what logs in again: COM_CHANGE_USER, and a query that is killed over another connection. */
    @ParameterizedTest
    @CsvSource({
        "jdbc:mysql, mysql-connector-java-5.1.49, reset",
        "jdbc:mysql, mysql-connector-java-8.0.13, reset",
        "jdbc:mysql, mysql-connector-j-26.10.0, cancel",
        "jdbc:mariadb, mariadb-java-client-1.8.0, valid",
        "jdbc:mariadb, mariadb-java-client-2.7.12, cancel",
        "jdbc:mariadb, mariadb-java-client-4.0.0, cancel"
    })
    void mysqlsDriversGetTheTokenForTheNameThatTheCertificateHolds(String scheme, String driver, String then)
            throws Exception {
        ForkedJvm jvm = mysql(scheme, then).library(driver).run();

        assertThat(jvm.out("connected app ")).as(jvm.all()).hasSize(1);
        assertThat(jvm.out(then.equals("cancel") ? "cancelled" : then))
                .as(jvm.all())
                .hasSize(1);
        assertThat(mysql.log().logins())
                .hasSizeGreaterThanOrEqualTo(then.equals("valid") ? 1 : 2)
                .extracting(Login::verdict)
                .containsOnly(Verdict.ACCEPTED);
    }

    @Test
    void aServerOfNoneOfTheNamesGetsNoToken() throws Exception {
        ForkedJvm jvm = postgres(ANOTHER, NOR_THIS).pgjdbc("42.7.14").run();

        assertThat(jvm.out("failed 08001"))
                .as(jvm.all())
                .singleElement()
                .asString()
                .contains(
                        "The certificate that answers holds the names [",
                        postgres.node(1).host(),
                        ANOTHER,
                        NOR_THIS);
        assertThat(postgres.log().logins()).isEmpty();
    }

    @Test
    void aRootOfTheApplicationsOwnIsNotUsedAmongSeveralNames() throws Exception {
        String address = postgres.node(1).address() + ":" + postgres.port();
        ForkedJvm jvm = ForkedJvm.of(
                        "com.example.Connects",
                        "jdbc:postgresql://" + address + "/orders?user=app&sslrootcert=" + postgres.caFile(),
                        "1")
                .pgjdbc("42.7.14")
                .onWithoutRoots(postgres)
                .set("db.orders.match", address)
                .set(
                        "db.orders.sign-for",
                        names(postgres, ANOTHER, postgres.node(1).host()))
                .run();

        assertThat(jvm.err())
                .anyMatch(line -> line.contains("among which the agent decides by the server's certificate"));
        assertThat(jvm.out("failed")).as(jvm.all()).hasSize(1);
        assertThat(postgres.log().logins()).isEmpty();
    }

    private static ForkedJvm.Builder postgres(String... names) {
        String address = postgres.node(1).address() + ":" + postgres.port();
        return ForkedJvm.of("com.example.Connects", "jdbc:postgresql://" + address + "/orders?user=app", "1")
                .on(postgres)
                .set("db.orders.match", address)
                .set("db.orders.sign-for", names(postgres, names));
    }

    private static ForkedJvm.Builder mysql(String scheme, String then) {
        String address = mysql.node(1).address() + ":" + mysql.port();
        return ForkedJvm.of("com.example.MysqlConnects", scheme + "://" + address + "/orders?user=app", then)
                .on(mysql)
                .set("db.orders.match", address)
                .set("db.orders.sign-for", names(mysql, ANOTHER, mysql.node(1).host()));
    }

    private static String names(LocalRds rds, String... hosts) {
        return String.join(
                ",",
                List.of(hosts).stream().map(host -> host + ":" + rds.port()).toList());
    }
}
