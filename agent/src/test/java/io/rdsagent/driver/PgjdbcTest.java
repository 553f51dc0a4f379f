package io.rdsagent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgjdbcTest {

    private static final String BASE = "jdbc:postgresql://db-1:5432/orders";
    private static final HostPort SIGNING = HostPort.of("orders.example.com", 6543);

    private final Pgjdbc dialect = new Pgjdbc();
    private final org.postgresql.Driver driver = new org.postgresql.Driver();
    private final Properties info = new Properties();

    @Test
    void itSpeaksItsOwnUrlsAlone() {
        assertThat(dialect.speaks(null, "jdbc:postgresql:orders")).isTrue();
        assertThat(dialect.speaks(null, "jdbc:aws-wrapper:postgresql://db/orders"))
                .isFalse();
        assertThat(dialect.speaks(null, "jdbc:mysql://db/orders")).isFalse();
        assertThat(dialect.speaks(null, "")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql:orders,                       localhost:5432,        orders",
        "jdbc:postgresql:///,                          localhost:5432,        app",
        "jdbc:postgresql://db-1/orders,                db-1:5432,             orders",
        "jdbc:postgresql://DB-1/orders,                db-1:5432,             orders",
        "'jdbc:postgresql://a:1,b/orders',             'a:1,b:5432',          orders",
        "jdbc:postgresql://[::1]:5555/orders,          [::1]:5555,            orders",
        "'jdbc:postgresql://[::1]:5555,[fe80::2]/x',   '[::1]:5555,[fe80::2]:5432', x",
        "jdbc:postgresql://db-1/o%20r%2Fs,             db-1:5432,             o r/s",
        "jdbc:postgresql://db-1/?PGHOST=x&PGPORT=7&PGDBNAME=y, x:7,           y",
        "jdbc:postgresql://db-1/?host=x&port=7&dbname=y, x:7,                 y",
    })
    void whatAUrlMeansIsWhatTheDriverSays(String url, String hosts, String database) throws SQLException {
        info.setProperty("user", "app");

        Wish wish = dialect.read(driver, url, info);

        assertThat(wish.hosts()).map(HostPort::toString).containsExactly(hosts.split(","));
        assertThat(wish.database()).isEqualTo(database);
        assertThat(wish.user()).isEqualTo("app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db-1",
                "jdbc:postgresql://db-1:70000/orders",
                "jdbc:postgresql://db-1:/orders",
                "jdbc:postgresql://a,,b/orders",
                "jdbc:postgresql://db-1/orders?service=there-is-none",
                "jdbc:postgresql://db-1/orders?socketFactory=com.google.cloud.sql.postgres.SocketFactory",
            })
    void whatCannotBeToldIsLeftAlone(String url) throws SQLException {
        assertThat(dialect.read(driver, url, info).whyLeftAlone()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "?sslmode=verify-full, false",
        "?sslfactory=org.postgresql.ssl.NonValidatingFactory, false",
        "?sslfactory=com.example.OwnFactory, true",
        "?sslrootcert=/etc/ca.pem, true",
        "?sslcert=/etc/client.pem, true",
    })
    void ownTrustIsWhatSaysWhomToTrust(String query, boolean own) throws SQLException {
        assertThat(dialect.read(driver, BASE + query, info).hasOwnTrust()).isEqualTo(own);
    }

    @Test
    void ownTrustMayAlsoBeInTheProperties() throws SQLException {
        info.setProperty("sslrootcert", "/etc/ca.pem");

        assertThat(dialect.read(driver, BASE, info).hasOwnTrust()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "?loginTimeout=7, 7000", "?loginTimeout=0.5, 500", "?loginTimeout=soon, 0"})
    void theLoginTimeoutIsInSeconds(String query, long millis) throws SQLException {
        assertThat(dialect.read(driver, BASE + query, info).loginTimeoutMillis())
                .isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({
        "'', false",
        "?password=, false",
        "?password=iam, false",
        "?password=IAM, false",
        "?password=secret, true",
    })
    void noPasswordAnEmptyOneAndTheWordIamAreNone(String query, boolean has) throws SQLException {
        assertThat(dialect.read(driver, BASE + query, info).hasPassword()).isEqualTo(has);
    }

    @ParameterizedTest
    @CsvSource({"REQUIRE, require", "VERIFY_CA, verify-ca", "VERIFY_FULL, verify-full"})
    void theTlsThatIsAskedForIsWhatTheDriverIsTold(TlsMode tls, String sslMode) throws SQLException {
        info.setProperty("sslmode", "disable");

        Call call = dialect.call(
                dialect.read(driver, BASE + "?sslmode=prefer&ssl=false&ApplicationName=shop", info),
                SIGNING,
                "iam_user",
                tls);

        assertThat(call.info())
                .containsEntry("sslmode", sslMode)
                .containsEntry("user", "iam_user")
                .containsEntry("ApplicationName", "shop");
        assertThat(call.url()).isEqualTo("jdbc:postgresql://orders.example.com:6543/orders");
    }

    @Test
    void withoutATokenLoginAndTlsStayTheApplicationsOwn() throws SQLException {
        info.setProperty("password", "secret");

        Call call = dialect.call(
                dialect.read(driver, BASE + "?user=own&sslmode=prefer&PGHOST=db-1", info), SIGNING, "own", null);

        assertThat(call.url()).isEqualTo("jdbc:postgresql://orders.example.com:6543/orders");
        assertThat(call.info()).isEqualTo(Map.of("user", "own", "password", "secret", "sslmode", "prefer"));
    }

    @Test
    void propertiesBehindPropertiesAreSeenToo() throws SQLException {
        info.setProperty("user", "behind");
        info.setProperty("ApplicationName", "shop");

        Wish wish = dialect.read(driver, BASE, new Properties(info));

        assertThat(wish.user()).isEqualTo("behind");
        assertThat(dialect.call(wish, SIGNING, "behind", TlsMode.VERIFY_FULL).info())
                .containsEntry("ApplicationName", "shop");
    }

    @Test
    void whatAServiceFileSaysBesidesAddressAndLoginIsKept(@TempDir Path directory) throws Exception {
        Path services = Files.writeString(
                directory.resolve("services"),
                "[orders]\nhost=db-9\nport=5544\ndbname=orders\nuser=own\nApplicationName=shop\nsslmode=disable\n");
        System.setProperty("org.postgresql.pgservicefile", services.toString());
        try {
            Wish wish = dialect.read(driver, "jdbc:postgresql:///?service=orders", info);
            Call call = dialect.call(wish, SIGNING, wish.user(), TlsMode.VERIFY_FULL);

            assertThat(wish.hosts()).containsExactly(HostPort.of("db-9", 5544));
            assertThat(call.url()).isEqualTo("jdbc:postgresql://orders.example.com:6543/orders");
            assertThat(call.info())
                    .isEqualTo(Map.of("user", "own", "ApplicationName", "shop", "sslmode", "verify-full"));
        } finally {
            System.clearProperty("org.postgresql.pgservicefile");
        }
    }

    @ParameterizedTest
    @CsvSource({"'db:1/?Action=connect&X-Amz-Signature=ab', true", "secret, false", "'', false"})
    void aPasswordThatSomethingElseHasSignedIsKnownForAToken(String password, boolean token) throws SQLException {
        info.setProperty("password", password);

        assertThat(dialect.read(driver, BASE, info).bringsToken()).isEqualTo(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"28000", "28P01"})
    void aRefusedLoginMayBeARefusedToken(String state) {
        assertThat(dialect.isTokenRefused(new SQLException("PAM authentication failed", state)))
                .isTrue();
        assertThat(dialect.isForAnotherEndpoint(new SQLException("PAM authentication failed", state)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08004", "08006", "57P01", "57P02", "57P03", "53300"})
    void anotherEndpointMayHaveWhatThisOneHasNot(String state) {
        assertThat(dialect.isForAnotherEndpoint(new SQLException("starting up", state)))
                .isTrue();
        assertThat(dialect.isTokenRefused(new SQLException("starting up", state)))
                .isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"3D000", "42501", "57014", "53200", ""})
    void whatIsWrongEverywhereIsNotTriedElsewhere(String state) {
        assertThat(dialect.isForAnotherEndpoint(new SQLException("no such database", state)))
                .isFalse();
        assertThat(dialect.isTokenRefused(new SQLException("no such database", state)))
                .isFalse();
    }
}
