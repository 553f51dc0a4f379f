package io.rdsagent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectorJ5Test {

    private static final DriverJar DRIVER = DriverJar.of("mysql-connector-java-5\\.1.*", "com.mysql.jdbc.Driver")
            .get(0);
    private static final DriverJar YOUNGER = DriverJar.of("mysql-connector-java-8\\.0.*", "com.mysql.jdbc.Driver")
            .get(0);
    private static final HostPort SIGNING = HostPort.of("orders.example.com", 6543);

    private final ConnectorJ5 dialect = new ConnectorJ5();
    private final Properties info = new Properties();

    @Test
    void ofTheTwoFamiliesThatTakeTheSameUrlEachSpeaksForItsOwnDrivers() {
        String url = "jdbc:mysql://a/orders";

        assertThat(dialect.speaks(DRIVER.driver(), url)).isTrue();
        assertThat(dialect.speaks(YOUNGER.driver(), url)).isFalse();
        assertThat(new ConnectorJ().speaks(DRIVER.driver(), url)).isFalse();
        assertThat(new ConnectorJ().speaks(YOUNGER.driver(), url)).isTrue();
        assertThat(dialect.speaks(DRIVER.driver(), "jdbc:mariadb://a/orders")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:mysql://db-1/orders | db-1:3306 | orders | pu",
                "jdbc:mysql://db-1:44/ | db-1:44 |  | pu",
                "jdbc:mysql:///orders | localhost:3306 | orders | pu",
                "jdbc:mysql://a,b:3308/orders | a:3306,b:3308 | orders | pu",
                "jdbc:mysql://a/orders?user=qu&password=qp | a:3306 | orders | pu",
                "jdbc:mysql://address=(protocol=tcp)(host=::1)(port=33)/orders | [::1]:33 | orders | pu",
                "jdbc:mysql://address=(host=a)(port=33)(user=au)(password=ap)/orders | a:33 | orders | au",
            })
    void whatAUrlMeansIsWhatTheDriverSaysAndACallMeansTheSameForOneHost(
            String url, String hosts, String database, String user) throws SQLException {
        info.setProperty("user", "pu");
        info.setProperty("password", "changeit");

        Wish wish = dialect.read(DRIVER.driver(), url, info);
        Call call = dialect.call(wish, SIGNING, wish.user(), TlsMode.VERIFY_FULL);
        Wish again = dialect.read(DRIVER.driver(), call.url(), call.info());

        assertThat(wish.hosts()).map(HostPort::toString).containsExactly(hosts.split(","));
        assertThat(wish.user()).isEqualTo(user);
        assertThat(wish.hasPassword()).isTrue();
        assertThat(again.hosts()).containsExactly(SIGNING);
        assertThat(again.database()).isEqualTo(wish.database()).isEqualTo(database);
        assertThat(again.user()).isEqualTo(user);
        assertThat(again.password()).isNull();
        assertThat(again.info()).containsEntry("useSSL", "true").containsEntry("requireSSL", "true");
    }

    @Test
    void aSigningNameThatIsAnAddressOfVersionSixIsSaidSoThatTheDriverDialsIt() throws SQLException {
        HostPort six = HostPort.of("::1", 3307);
        Wish wish = dialect.read(DRIVER.driver(), "jdbc:mysql://a/orders", info);

        Call call = dialect.call(wish, six, "app", TlsMode.VERIFY_FULL);

        assertThat(dialect.read(DRIVER.driver(), call.url(), call.info()).hosts())
                .containsExactly(six);
    }

    @Test
    void withoutATokenLoginAndTlsStayTheApplicationsOwn() throws SQLException {
        Wish wish = dialect.read(DRIVER.driver(), "jdbc:mysql://a/orders?user=u&password=secret&useSSL=false", info);

        Call call = dialect.call(wish, SIGNING, "u", null);

        assertThat(call.url()).isEqualTo("jdbc:mysql://orders.example.com:6543/orders");
        assertThat(call.info()).isEqualTo(Map.of("user", "u", "password", "secret", "useSSL", "false"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"loadbalance", "replication"})
    void whereTheDriverChoosesTheHostItsUrlStaysAndItsTlsIsRaised(String way) throws SQLException {
        String url = "jdbc:mysql:" + way + "://a,b:44/orders?user=app";

        Wish wish = dialect.read(DRIVER.driver(), url, info);
        Call call = dialect.callBalancedBy(url, info, "iam_user", TlsMode.VERIFY_FULL);

        assertThat(wish.balancedBy()).isEqualToIgnoringCase("Connector/J (" + way + ")");
        assertThat(wish.hosts()).map(HostPort::toString).containsExactly("a:3306", "b:44");
        assertThat(call.url()).isEqualTo(url);
        assertThat(call.info()).containsEntry("useSSL", "true").containsEntry("user", "iam_user");
        assertThat(info).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:mysql://a:70000/orders",
                "jdbc:mysql://a/orders?socketFactory=com.mysql.jdbc.NamedPipeSocketFactory",
                "jdbc:mysql://address=(protocol=pipe)(path=x)/orders",
                "jdbc:mysql:mxj://a/orders",
                "jdbc:mysql:orders",
            })
    void whatCannotBeToldIsLeftAlone(String url) throws SQLException {
        assertThat(dialect.read(DRIVER.driver(), url, info).whyLeftAlone()).isNotEmpty();
    }
}
