package io.rdsagent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

/** What the application's URL means and what the call for one endpoint means: both are asked of the driver. */
class ConnectorJUrlsTest {

    private static final List<DriverJar> DRIVERS =
            DriverJar.of("mysql-connector-(java-8\\.0\\.13|j-8\\.0\\.33|j-26\\..*)\\.jar", "com.mysql.cj.jdbc.Driver");

    /** What a call says anew, and what Connector/J derives from the rest. */
    private static final Set<String> SAID_ANEW = Set.of("host", "port", "dbname", "user", "password");

    private static final Set<String> TLS = Set.of(
            "sslmode",
            "usessl",
            "requiressl",
            "verifyservercertificate",
            "allowpublickeyretrieval",
            "disabledauthenticationplugins");

    private final ConnectorJ dialect = new ConnectorJ();

    record Given(DriverJar driver, String url, Map<String, String> info) {}

    /** Of the first host, but for the list of all. */
    record Meaning(List<HostPort> hosts, String user, String password, String database, Map<String, String> others) {}

    @Property(tries = 1000)
    void theHostsOfAWishAreThoseThatTheDriverWouldDial(@ForAll("given") Given given) throws Exception {
        Meaning means = meaning(given.driver, given.url, properties(given.info));

        Wish wish = dialect.read(given.driver.driver(), given.url, properties(given.info));

        assertThat(wish.whyLeftAlone()).isNull();
        assertThat(wish.hosts()).isEqualTo(means.hosts);
        assertThat(wish.user()).isEqualTo(means.user);
        assertThat(wish.password()).isEqualTo(means.password);
    }

    @Property(tries = 1000)
    void aCallNamesTheSigningNameAloneAndKeepsTheRest(
            @ForAll("given") Given given, @ForAll("address") HostPort signing, @ForAll boolean token) throws Exception {
        Properties own = properties(given.info);
        Meaning means = meaning(given.driver, given.url, own);
        Wish wish = dialect.read(given.driver.driver(), given.url, own);

        Call call = dialect.call(wish, signing, token ? "iam_user" : wish.user(), token ? TlsMode.VERIFY_FULL : null);

        Meaning now = meaning(given.driver, call.url(), call.info());
        assertThat(now.hosts).containsExactly(signing);
        assertThat(now.database).isEqualTo(means.database);
        assertThat(now.user).isEqualTo(token ? "iam_user" : means.user);
        assertThat(now.password).isEqualTo(token ? null : means.password);
        assertThat(without(now.others, token)).isEqualTo(without(means.others, token));
        assertThat(own).as("the application's own").isEqualTo(properties(given.info));
    }

    @Property(tries = 300)
    void nothingOfTheLoginIsLeftInTheUrlWhereATokenIsSent(
            @ForAll("given") Given given, @ForAll("address") HostPort name) throws SQLException {
        Wish wish = dialect.read(given.driver.driver(), given.url, properties(given.info));

        Call call = dialect.call(wish, name, "iam_user", TlsMode.VERIFY_FULL);

        assertThat(call.url()).doesNotContain("?", "@", "(");
        assertThat(call.info())
                .doesNotContainKey("password")
                .containsEntry("user", "iam_user")
                .containsEntry("sslMode", "VERIFY_IDENTITY");
    }

    private static Map<String, String> without(Map<String, String> others, boolean token) {
        Map<String, String> rest = new TreeMap<>(others);
        if (token) {
            rest.keySet().removeIf(name -> TLS.contains(name.toLowerCase(Locale.ROOT)));
        }
        return rest;
    }

    /** Null when the driver refuses it. */
    private static Meaning meaning(DriverJar driver, String url, Properties info) {
        try {
            Object parsed = driver.driver()
                    .getClass()
                    .getClassLoader()
                    .loadClass("com.mysql.cj.conf.ConnectionUrl")
                    .getMethod("getConnectionUrlInstance", String.class, Properties.class)
                    .invoke(null, url, info);
            List<HostPort> hosts = new ArrayList<>();
            List<?> all = (List<?>) ask(parsed, "getHostsList");
            for (Object host : all) {
                hosts.add(HostPort.of((String) ask(host, "getHost"), (Integer) ask(host, "getPort")));
            }
            Object first = all.get(0);
            Map<String, String> others = new TreeMap<>();
            ((Map<?, ?>) ask(first, "getHostProperties")).forEach((name, value) -> {
                if (!SAID_ANEW.contains(((String) name).toLowerCase(Locale.ROOT))) {
                    others.put((String) name, (String) value);
                }
            });
            return new Meaning(
                    hosts,
                    given(ask(first, "getUser")),
                    given(ask(first, "getPassword")),
                    (String) ask(first, "getDatabase"),
                    others);
        } catch (ReflectiveOperationException refused) {
            return null;
        }
    }

    private static String given(Object text) {
        return text == null || text.equals("") ? null : (String) text;
    }

    private static Object ask(Object object, String getter) throws ReflectiveOperationException {
        return object.getClass().getMethod(getter).invoke(object);
    }

    private static Properties properties(Map<String, String> from) {
        Properties properties = new Properties();
        properties.putAll(from);
        return properties;
    }

    @Provide
    Arbitrary<Given> given() {
        return Combinators.combine(Arbitraries.of(DRIVERS), url(), info())
                .as(Given::new)
                .filter(given -> meaning(given.driver, given.url, properties(given.info)) != null);
    }

    @Provide
    Arbitrary<HostPort> address() {
        return Combinators.combine(host(), port()).as(HostPort::of);
    }

    private Arbitrary<Integer> port() {
        return Arbitraries.integers().between(1, 65535);
    }

    private Arbitrary<String> url() {
        return Combinators.combine(authority(), text(), query())
                .as((authority, database, query) ->
                        "jdbc:mysql://" + authority + "/" + encoded(database).replace("+", "%20") + query);
    }

    private Arbitrary<String> authority() {
        Arbitrary<String> plain = Combinators.combine(host(), port().injectNull(0.5))
                .as((host, port) -> (host.contains(":") ? "[" + host + "]" : host) + (port == null ? "" : ":" + port));
        Arbitrary<String> named = Combinators.combine(host(), port(), login(), more())
                .as((host, port, login, more) -> "address=(host=" + host + ")(port=" + port + ")" + login + more);
        Arbitrary<String> keyed =
                Combinators.combine(host(), port()).as((host, port) -> "(host=" + host + ",port=" + port + ")");
        Arbitrary<String> one = Arbitraries.oneOf(plain, plain, named, keyed);
        Arbitrary<String> list = one.list().ofMinSize(1).ofMaxSize(3).map(all -> String.join(",", all));
        Arbitrary<String> in = list.map(all -> "[" + all + "]");
        Arbitrary<String> before = Arbitraries.of("u:p@", "u@", "us%20er:p%40ss@", ":p@");
        return Arbitraries.oneOf(
                list,
                list,
                Combinators.combine(before, plain).as(String::concat),
                Combinators.combine(before, in).as(String::concat),
                Arbitraries.just(""));
    }

    private Arbitrary<String> login() {
        return Arbitraries.of("", "(user=au)", "(user=au)(password=ap)", "(password=ap)");
    }

    private Arbitrary<String> more() {
        return Arbitraries.of("", "(sslMode=DISABLED)", "(connectTimeout=700)");
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

    private Arbitrary<String> query() {
        return Combinators.combine(
                        Arbitraries.of(
                                "user",
                                "password",
                                "useSSL",
                                "sslMode",
                                "connectTimeout",
                                "connectionAttributes",
                                "sessionVariables",
                                "allowPublicKeyRetrieval",
                                "disabledAuthenticationPlugins"),
                        text())
                .as((name, value) -> name + "=" + encoded(value))
                .list()
                .ofMaxSize(4)
                .map(all -> all.isEmpty() ? "" : "?" + String.join("&", all));
    }

    private Arbitrary<Map<String, String>> info() {
        return Arbitraries.maps(
                        Arbitraries.of("user", "password", "sslMode", "connectTimeout", "tcpKeepAlive"),
                        text().filter(value -> !value.isEmpty()))
                .ofMaxSize(3);
    }

    private Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMaxLength(6),
                Arbitraries.of("a b", "a+b", "a&b", "a=b", "a/b", "ü", "100%", "a?b", "a#b", "x;y", "(a)"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
