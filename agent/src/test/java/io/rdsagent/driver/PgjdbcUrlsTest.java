package io.rdsagent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What the application's URL means and what the call for one endpoint means: both are asked of the driver. */
class PgjdbcUrlsTest {

    private static final Set<String> ADDRESS = Set.of("PGHOST", "PGPORT", "PGDBNAME", "host", "port", "dbname");
    private static final Set<String> LOGIN =
            Set.of("user", "password", "ssl", "sslmode", "authenticationPluginClassName");

    private final Pgjdbc dialect = new Pgjdbc();
    private final org.postgresql.Driver driver = new org.postgresql.Driver();

    record Given(String url, Map<String, String> info) {}

    @Property(tries = 1500)
    void theHostsOfAWishAreThoseThatTheDriverWouldDial(@ForAll("given") Given given) throws SQLException {
        Properties means = meaning(given.url, properties(given.info));

        Wish wish = dialect.read(driver, given.url, properties(given.info));

        assertThat(wish.hosts()).containsExactlyElementsOf(dialled(means));
        assertThat(wish.user()).isEqualTo(means.getProperty("user"));
        assertThat(wish.password()).isEqualTo(means.getProperty("password"));
    }

    @Property(tries = 1500)
    void aCallNamesTheSigningNameAloneAndKeepsTheRest(
            @ForAll("given") Given given, @ForAll("address") HostPort signing, @ForAll boolean token)
            throws SQLException {
        Properties own = properties(given.info);
        Properties means = meaning(given.url, own);

        Call call = dialect.call(
                dialect.read(driver, given.url, own), signing, "iam_user", token ? TlsMode.VERIFY_FULL : null);

        Properties meansNow = meaning(call.url(), call.info());
        assertThat(dialled(meansNow)).containsExactly(signing);
        assertThat(meansNow.getProperty("PGDBNAME")).isEqualTo(database(means, meansNow));
        assertThat(others(meansNow, token)).isEqualTo(others(means, token));
        assertThat(own).as("the application's own").isEqualTo(properties(given.info));
    }

    @Property(tries = 500)
    void nothingOfTheLoginIsLeftInTheUrlWhereATokenIsSent(
            @ForAll("given") Given given, @ForAll("address") HostPort name) throws SQLException {
        Call call = dialect.call(
                dialect.read(driver, given.url, properties(given.info)), name, "iam_user", TlsMode.VERIFY_FULL);

        assertThat(call.url()).doesNotContain("?");
        assertThat(call.info()).doesNotContainKey("password").containsEntry("user", "iam_user");
    }

    private static Properties meaning(String url, Properties info) {
        return org.postgresql.Driver.parseURL(url, info);
    }

    private static List<HostPort> dialled(Properties means) {
        String[] hosts = means.getProperty("PGHOST").split(",");
        String[] ports = means.getProperty("PGPORT").split(",");
        List<HostPort> dialled = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            dialled.add(HostPort.of(hosts[i], Integer.parseInt(ports[i])));
        }
        return dialled;
    }

    /** An empty name is the default: that of whoever logs in. */
    private static String database(Properties means, Properties meansNow) {
        String database = means.getProperty("PGDBNAME", "");
        return database.isEmpty() ? meansNow.getProperty("user") : database;
    }

    private static Map<String, String> others(Properties means, boolean token) {
        Set<String> saidAnew = new HashSet<>(ADDRESS);
        if (token) {
            saidAnew.addAll(LOGIN);
        }
        Map<String, String> others = new TreeMap<>();
        for (String name : means.stringPropertyNames()) {
            if (!saidAnew.contains(name)) {
                others.put(name, means.getProperty(name));
            }
        }
        return others;
    }

    private static Properties properties(Map<String, String> from) {
        Properties properties = new Properties();
        properties.putAll(from);
        return properties;
    }

    @Provide
    Arbitrary<Given> given() {
        return Combinators.combine(url(), info())
                .as(Given::new)
                .filter(given -> meaning(given.url, properties(given.info)) != null);
    }

    @Provide
    Arbitrary<HostPort> address() {
        return Combinators.combine(host(), Arbitraries.integers().between(1, 65535))
                .as(HostPort::of);
    }

    private Arbitrary<String> url() {
        return Combinators.combine(authority(), database(), query())
                .as((authority, database, query) -> "jdbc:postgresql:" + authority + database + query);
    }

    private Arbitrary<String> authority() {
        Arbitrary<String> port = Arbitraries.integers()
                .between(1, 65535)
                .map(number -> ":" + number)
                .injectNull(0.5);
        Arbitrary<String> one = Combinators.combine(host(), port)
                .as((host, number) -> (host.contains(":") ? "[" + host + "]" : host) + (number == null ? "" : number));
        Arbitrary<String> list = one.list().ofMinSize(1).ofMaxSize(3).map(all -> "//" + String.join(",", all) + "/");
        return Arbitraries.oneOf(list, list, list, Arbitraries.just(""));
    }

    private Arbitrary<String> host() {
        return Arbitraries.of(
                "db-1",
                "localhost",
                "127.0.0.1",
                "::1",
                "fe80::1:2",
                "orders.cluster-abcdefghijkl.eu-west-1.rds.amazonaws.com",
                "ORDERS-1.abcdefghijkl.eu-west-1.rds.amazonaws.com");
    }

    private Arbitrary<String> database() {
        return text().map(PgjdbcUrlsTest::encoded);
    }

    private Arbitrary<String> query() {
        Arbitrary<String> pair = Combinators.combine(
                        Arbitraries.of(
                                "user",
                                "password",
                                "ssl",
                                "sslmode",
                                "sslpassword",
                                "ApplicationName",
                                "targetServerType",
                                "options",
                                "loginTimeout",
                                "currentSchema",
                                "PGDBNAME",
                                "dbname"),
                        text())
                .as((name, value) -> name + "=" + encoded(value));
        Arbitrary<String> elsewhere =
                Arbitraries.of("PGHOST=x", "host=x", "PGPORT=77", "port=77", "ssl", "", "unknown");
        return Arbitraries.frequencyOf(Tuple.of(4, pair), Tuple.of(1, elsewhere))
                .list()
                .ofMaxSize(5)
                .map(all -> all.isEmpty() ? "" : "?" + String.join("&", all));
    }

    private Arbitrary<Map<String, String>> info() {
        return Arbitraries.maps(
                        Arbitraries.of(
                                "user", "password", "sslmode", "ApplicationName", "tcpKeepAlive", "PGDBNAME", "PGHOST"),
                        text().filter(value -> !value.isEmpty()))
                .ofMaxSize(4)
                .map(all -> {
                    Map<String, String> info = new TreeMap<>(all);
                    info.putIfAbsent("user", "app");
                    info.computeIfPresent("PGHOST", (name, value) -> "info-host");
                    return info;
                });
    }

    private Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMaxLength(6),
                Arbitraries.of("a b", "a+b", "a&b", "a=b", "a/b", "ü", "100%", "a?b", "a#b", "x;y"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
