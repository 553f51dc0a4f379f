package io.rdsagent.it.drivers;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A MariaDB that sends whoever logs in to another server, by its {@code redirect_url}. Where it sends to is the server's to
 * say and nobody's to verify, so a token goes no further than where it was signed for.
 */
class RedirectIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() {
        rds = LocalRds.builder().engine(Engine.MARIADB).nodes(2).start();
        rds.admin(rds.writer(), "CREATE USER plain IDENTIFIED BY 'changeit'");
        rds.admin(rds.writer(), "GRANT ALL ON *.* TO plain");
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    static List<String> versions() {
        return Versions.of(List.of("4.0.0"), "3.5.11");
    }

    @ParameterizedTest
    @MethodSource("versions")
    void theDriverByItselfGoesWhereItIsSent(String version) throws Exception {
        ForkedJvm jvm = connects(
                        version,
                        "jdbc:mariadb://HOST/orders?user=plain&password=changeit&sslMode=verify-full&serverSslCert="
                                + rds.caFile())
                .withoutAgent()
                .run();

        assertThat(jvm.out("set, now on 2")).as(jvm.all()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void aSessionThatHasLoggedInWithATokenStaysWhateverTheUrlPermits(String version) throws Exception {
        for (String url : List.of(
                "jdbc:mariadb://HOST/orders?user=app",
                "jdbc:mariadb://HOST/orders?user=app&permitRedirect=true",
                "jdbc:mariadb://HOST/orders?user=app&PERMITREDIRECT=true&permitredirect=true",
                "jdbc:mariadb:sequential://HOST/orders?user=app&permitRedirect=true",
                "jdbc:mariadb:replication://HOST,HOST/orders?user=app&PermitRedirect=true")) {
            rds.log().clear();
            ForkedJvm jvm = connects(version, url).run();

            assertThat(jvm.out("set, now on 1")).as(url + jvm.all()).hasSize(1);
            assertThat(rds.log().logins()).as(url).extracting(Login::node).containsOnly("orders-1");
        }
    }

    private static ForkedJvm.Builder connects(String version, String url) {
        return ForkedJvm.of(
                        "com.example.MysqlConnects",
                        url.replace("HOST", rds.node(1).host() + ":" + rds.port()),
                        "SET redirect_url = 'mariadb://" + rds.node(2).host() + ":" + rds.port() + "'")
                .library("mariadb-java-client-" + version)
                .on(rds);
    }
}
