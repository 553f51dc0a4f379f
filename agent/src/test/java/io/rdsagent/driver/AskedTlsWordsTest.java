package io.rdsagent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.TlsMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the words of each family of drivers say of TLS, in every version that is looked after. */
class AskedTlsWordsTest {

    private static final List<DriverJar> CONNECTOR_J =
            DriverJar.of("mysql-connector-j.*-(?!5\\.1).*", "com.mysql.cj.jdbc.Driver");
    private static final List<DriverJar> MARIADB =
            DriverJar.of("mariadb-java-client-[34].*", "org.mariadb.jdbc.Driver");

    @ParameterizedTest
    @CsvSource({
        "sslMode=DISABLED,                             ",
        "sslMode=PREFERRED,                            ",
        "sslMode=REQUIRED,                      REQUIRE",
        "sslMode=VERIFY_CA,                     VERIFY_CA",
        "sslMode=VERIFY_IDENTITY,               VERIFY_FULL",
        "useSSL=false,                                 ",
        "verifyServerCertificate=false,         REQUIRE",
        "useSSL=true&verifyServerCertificate=true, VERIFY_CA",
    })
    void ofConnectorJ(String words, TlsMode meant) throws SQLException {
        for (DriverJar driver : CONNECTOR_J) {
            assertMeans(asked(new ConnectorJ(), driver, "jdbc:mysql://db-1/orders?" + words), meant, driver);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "sslMode=disable,                       ",
        "sslMode=trust,                         REQUIRE",
        "sslMode=verify-ca,                     VERIFY_CA",
        "sslMode=verify-full,                   VERIFY_FULL",
        "sslMode=VERIFY_IDENTITY,               VERIFY_FULL",
        "useSsl=false,                          ",
        "useSsl=true&trustServerCertificate=true, REQUIRE",
    })
    void ofMariaDb(String words, TlsMode meant) throws SQLException {
        for (DriverJar driver : MARIADB) {
            assertMeans(asked(new MariaDb(), driver, "jdbc:mariadb://db-1/orders?" + words), meant, driver);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql://db-1/orders", "jdbc:mariadb://db-1/orders"})
    void withoutAWordNothingIsAsked(String url) throws SQLException {
        boolean isMysql = url.startsWith("jdbc:mysql:");
        for (DriverJar driver : isMysql ? CONNECTOR_J : MARIADB) {
            assertThat(asked(isMysql ? new ConnectorJ() : new MariaDb(), driver, url))
                    .as(driver.name())
                    .isNull();
        }
    }

    private static AskedTls asked(Dialect dialect, DriverJar driver, String url) throws SQLException {
        return dialect.read(driver.driver(), url, new Properties()).askedTls();
    }

    private static void assertMeans(AskedTls asked, TlsMode meant, DriverJar driver) {
        assertThat(asked).as(driver.name()).isNotNull();
        assertThat(asked.isWeakerThan(TlsMode.VERIFY_FULL)).as(driver.name()).isEqualTo(meant != TlsMode.VERIFY_FULL);
        assertThat(asked.orStricter(TlsMode.REQUIRE))
                .as(driver.name())
                .isEqualTo(meant == null ? TlsMode.REQUIRE : meant);
        assertThat(asked.isWeakerThan(TlsMode.REQUIRE)).as(driver.name()).isEqualTo(meant == null);
    }
}
