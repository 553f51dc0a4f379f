package io.rdsagent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorJTest {

    private static final List<DriverJar> DRIVERS =
            DriverJar.of("mysql-connector-j.*-(?!5\\.1).*", "com.mysql.cj.jdbc.Driver");
    private static final DriverJar NEWEST = DRIVERS.stream()
            .filter(jar -> jar.name().contains("-26."))
            .findFirst()
            .orElseThrow();
    private static final HostPort SIGNING = HostPort.of("orders.example.com", 6543);

    private final ConnectorJ dialect = new ConnectorJ();
    private final Properties info = new Properties();

    static Stream<Arguments> meanings() {
        return DRIVERS.stream()
                .flatMap(driver -> Stream.of(
                                "jdbc:mysql://db-1/orders | db-1:3306 | orders | pu",
                                "jdbc:mysql://db-1:44 | db-1:44 |  | pu",
                                "jdbc:mysql:///orders | localhost:3306 | orders | pu",
                                "jdbc:mysql://[::1]:3307/orders | [::1]:3307 | orders | pu",
                                "jdbc:mysql://a,b:3308/orders | a:3306,b:3308 | orders | pu",
                                "jdbc:mysql://up:pp@a/orders?user=q | a:3306 | orders | up",
                                "jdbc:mysql://u:p@[a,b]/orders | a:3306,b:3306 | orders | u",
                                "jdbc:mysql://address=(host=a)(port=33)(user=au)(password=ap)/orders | a:33 | orders | au",
                                "jdbc:mysql://(host=a,port=44)/or%20ders | a:44 | or ders | pu")
                        .map(row -> {
                            String[] columns = row.split("\\|");
                            return Arguments.of(
                                    driver, columns[0].trim(), columns[1].trim(), columns[2].trim(), columns[3].trim());
                        }));
    }

    @ParameterizedTest
    @MethodSource("meanings")
    void whatAUrlMeansIsWhatTheDriverSaysAndACallMeansTheSameForOneHost(
            DriverJar driver, String url, String hosts, String database, String user) throws SQLException {
        info.setProperty("user", "pu");
        info.setProperty("password", "changeit");

        Wish wish = dialect.read(driver.driver(), url, info);
        Call call = dialect.call(wish, SIGNING, wish.user(), TlsMode.VERIFY_FULL);
        Wish again = dialect.read(driver.driver(), call.url(), call.info());

        assertThat(wish.hosts()).map(HostPort::toString).containsExactly(hosts.split(","));
        assertThat(wish.user()).isEqualTo(user);
        assertThat(wish.hasPassword()).isTrue();
        assertThat(again.hosts()).containsExactly(SIGNING);
        assertThat(again.database()).isEqualTo(wish.database()).isEqualTo(database);
        assertThat(again.user()).isEqualTo(user);
        assertThat(again.password()).isNull();
        assertThat(again.info()).containsEntry("sslMode", "VERIFY_IDENTITY");
    }

    @ParameterizedTest
    @CsvSource({"REQUIRE, REQUIRED", "VERIFY_CA, VERIFY_CA", "VERIFY_FULL, VERIFY_IDENTITY"})
    void theTlsThatIsAskedForIsWhatTheDriverIsToldWhateverItWasTold(TlsMode tls, String sslMode) throws SQLException {
        Wish wish = dialect.read(
                NEWEST.driver(),
                "jdbc:mysql://a/orders?useSSL=false&sslMode=DISABLED&connectTimeout=700&allowPublicKeyRetrieval=true",
                info);

        Call call = dialect.call(wish, SIGNING, "iam_user", tls);

        assertThat(call.url()).isEqualTo("jdbc:mysql://orders.example.com:6543/orders");
        assertThat(call.info()).isEqualTo(Map.of("user", "iam_user", "sslMode", sslMode, "connectTimeout", "700"));
    }

    @Test
    void withoutATokenLoginAndTlsStayTheApplicationsOwn() throws SQLException {
        Wish wish = dialect.read(NEWEST.driver(), "jdbc:mysql://u:secret@a/orders?sslMode=PREFERRED", info);

        assertThat(dialect.call(wish, SIGNING, "u", null).info())
                .isEqualTo(Map.of("user", "u", "password", "secret", "sslMode", "PREFERRED"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://a:70000/orders",
                "jdbc:mysql://a/orders?socketFactory=com.mysql.cj.protocol.NamedPipeSocketFactory",
                "jdbc:mysql://address=(protocol=pipe)(path=x)/orders",
                "jdbc:mysql:orders",
            })
    void whatCannotBeToldIsLeftAloneInEveryVersion(String url) throws SQLException {
        for (DriverJar driver : DRIVERS) {
            assertThat(dialect.read(driver.driver(), url, info).whyLeftAlone())
                    .as(driver.name())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:mysql:loadbalance://a,b:44/orders", "jdbc:mysql:replication://a,b:44/orders"})
    void whereTheDriverChoosesTheHostItsUrlStaysAndItsTlsIsRaised(String url) throws SQLException {
        info.setProperty("sslMode", "DISABLED");
        for (DriverJar driver : DRIVERS) {
            Wish wish = dialect.read(driver.driver(), url + "?user=app", info);
            Call call = dialect.callBalancedBy(url, info, "iam_user", TlsMode.VERIFY_FULL);

            assertThat(wish.balancedBy()).as(driver.name()).startsWith("Connector/J (");
            assertThat(wish.hosts()).map(HostPort::toString).containsExactly("a:3306", "b:44");
            assertThat(call.url()).isEqualTo(url);
            assertThat(call.info()).isEqualTo(Map.of("sslMode", "VERIFY_IDENTITY", "user", "iam_user"));
        }
        assertThat(info).isEqualTo(Map.of("sslMode", "DISABLED"));
    }

    @ParameterizedTest
    @CsvSource({"'', false", "?trustCertificateKeyStoreUrl=file:/ca.p12, true", "?sslMode=VERIFY_CA, false"})
    void ownTrustIsWhatSaysWhomToTrust(String query, boolean own) throws SQLException {
        assertThat(dialect.read(NEWEST.driver(), "jdbc:mysql://a/orders" + query, info)
                        .hasOwnTrust())
                .isEqualTo(own);
    }

    @ParameterizedTest
    @CsvSource({
        "28000, 1045, true, false",
        "08S01, 0, false, true",
        "08004, 1040, false, true",
        "HY000, 1129, false, true",
        "42000, 1049, false, false",
        ", 0, false, false"
    })
    void aFailureIsForANewTokenOrForAnotherEndpointOrForTheApplication(
            String state, int code, boolean token, boolean elsewhere) {
        SQLException failure = new SQLException("no", state, code);

        assertThat(dialect.isTokenRefused(failure)).isEqualTo(token);
        assertThat(dialect.isForAnotherEndpoint(failure)).isEqualTo(elsewhere);
    }
}
