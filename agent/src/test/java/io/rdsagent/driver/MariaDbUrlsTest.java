package io.rdsagent.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
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

/** What the application's URL means and what the call for one endpoint means: each version of the driver is asked both. */
class MariaDbUrlsTest {

    private static final List<DriverJar> DRIVERS = DriverJar.of("mariadb-java-client-.*", "org.mariadb.jdbc.Driver");

    /** What is said anew for a login with a token, and what follows from it. */
    private static final Set<String> LOGIN = Set.of(
            "user",
            "password",
            "sslMode",
            "useSsl",
            "trustServerCertificate",
            "disableSslHostnameVerification",
            "credentialType",
            "credentialPlugin",
            "allowPublicKeyRetrieval");

    private static final Set<String> ADDRESS =
            Set.of("addresses", "initialUrl", "haMode", "database", "permitRedirect", "codecs", "hashCode", "toString");

    record Given(DriverJar jar, String url, Map<String, String> info) {

        Dialect dialect() {
            return isOld() ? new MariaDb2() : new MariaDb();
        }

        boolean isOld() {
            return jar.name().matches(".*-[12][.].*");
        }
    }

    /** As the driver itself understands a URL: its parser's answer, taken apart. */
    record Meaning(String mode, List<HostPort> hosts, String database, Map<String, String> settings) {

        static Meaning of(Given given, String url, Properties info) {
            try {
                return given.isOld() ? ofUrlParser(given, url, info) : ofConfiguration(given, url, info);
            } catch (InvocationTargetException | IllegalArgumentException refused) {
                // Among it what the driver would dial at port 0: an address of 1.x and 2.x without a port.
                return null;
            } catch (ReflectiveOperationException unreadable) {
                throw new LinkageError("another version", unreadable);
            }
        }

        private static Meaning ofUrlParser(Given given, String url, Properties info)
                throws ReflectiveOperationException {
            Object parsed = parse(given, "org.mariadb.jdbc.UrlParser", url, info);
            if (parsed == null) {
                return null;
            }
            Object options = ask(parsed, "getOptions");
            Map<String, String> settings = new TreeMap<>();
            for (Field field : options.getClass().getFields()) {
                if (!Modifier.isStatic(field.getModifiers())) {
                    settings.put(field.getName(), text(field.get(options)));
                }
            }
            return new Meaning(
                    ask(parsed, "getHaMode").toString(),
                    hosts((List<?>) ask(parsed, "getHostAddresses")),
                    (String) ask(parsed, "getDatabase"),
                    settings);
        }

        private static Meaning ofConfiguration(Given given, String url, Properties info)
                throws ReflectiveOperationException {
            Object parsed = parse(given, "org.mariadb.jdbc.Configuration", url, info);
            if (parsed == null) {
                return null;
            }
            Map<String, String> settings = new TreeMap<>();
            for (Method getter : parsed.getClass().getMethods()) {
                if (getter.getParameterCount() == 0
                        && getter.getDeclaringClass() == parsed.getClass()
                        && !Modifier.isStatic(getter.getModifiers())
                        && isPlain(getter.getReturnType())
                        && !ADDRESS.contains(getter.getName())) {
                    settings.put(getter.getName(), text(getter.invoke(parsed)));
                }
            }
            return new Meaning(
                    ask(parsed, "haMode").toString(),
                    hosts((List<?>) ask(parsed, "addresses")),
                    (String) ask(parsed, "database"),
                    settings);
        }

        /** What a version does not know, it keeps aside; old names of what it knows, too. */
        private static String text(Object value) {
            if (value instanceof Properties unknown) {
                Map<Object, Object> others = new HashMap<>(unknown);
                others.keySet().removeAll(Set.of("", "permitRedirect"));
                others.keySet().removeAll(LOGIN);
                return new TreeMap<>(others).toString();
            }
            return String.valueOf(value);
        }

        private static boolean isPlain(Class<?> type) {
            return type.isPrimitive()
                    || type.isEnum()
                    || type == String.class
                    || Number.class.isAssignableFrom(type)
                    || type == Boolean.class
                    || type == Properties.class;
        }

        private static Object parse(Given given, String type, String url, Properties info)
                throws ReflectiveOperationException {
            return given.jar
                    .driver()
                    .getClass()
                    .getClassLoader()
                    .loadClass(type)
                    .getMethod("parse", String.class, Properties.class)
                    .invoke(null, url, info);
        }

        private static List<HostPort> hosts(List<?> addresses) throws ReflectiveOperationException {
            List<HostPort> hosts = new ArrayList<>();
            for (Object address : addresses) {
                hosts.add(
                        HostPort.of((String) address.getClass().getField("host").get(address), (Integer)
                                address.getClass().getField("port").get(address)));
            }
            return hosts;
        }

        private static Object ask(Object object, String getter) throws ReflectiveOperationException {
            return object.getClass().getMethod(getter).invoke(object);
        }

        Map<String, String> others(boolean token) {
            Map<String, String> others = new TreeMap<>(settings);
            if (token) {
                others.keySet().removeAll(LOGIN);
            }
            return others;
        }
    }

    @Property(tries = 1500)
    void theHostsOfAWishAreThoseThatTheDriverWouldDial(@ForAll("given") Given given) throws SQLException {
        Meaning means = meaning(given);

        Wish wish = given.dialect().read(given.jar.driver(), given.url, properties(given.info));

        assertThat(wish.hosts()).containsExactlyElementsOf(means.hosts);
        assertThat(String.valueOf(wish.user())).isEqualTo(means.settings.get("user"));
        assertThat(String.valueOf(wish.password())).isEqualTo(means.settings.get("password"));
    }

    @Property(tries = 1500)
    void aCallNamesTheSigningNameAloneAndKeepsTheRest(
            @ForAll("given") Given given, @ForAll("address") HostPort signing, @ForAll boolean token)
            throws SQLException {
        Meaning means = meaning(given);
        Properties own = properties(given.info);

        Call call = given.dialect()
                .call(
                        given.dialect().read(given.jar.driver(), given.url, own),
                        signing,
                        "iam_user",
                        token ? TlsMode.VERIFY_FULL : null);

        Meaning now = Meaning.of(given, call.url(), call.info());
        assertThat(now.hosts).containsExactly(signing);
        assertThat(now.mode).isEqualTo(means.mode);
        assertThat(now.database).isEqualTo(means.database);
        assertThat(now.others(token)).isEqualTo(means.others(token));
        assertThat(own).as("the application's own").isEqualTo(properties(given.info));
    }

    @Property(tries = 500)
    void nothingOfTheLoginIsLeftInTheUrlWhereATokenIsSent(
            @ForAll("given") Given given, @ForAll("address") HostPort name) throws SQLException {
        Call call = given.dialect()
                .call(
                        given.dialect().read(given.jar.driver(), given.url, properties(given.info)),
                        name,
                        "iam_user",
                        TlsMode.VERIFY_FULL);

        assertThat(call.url()).doesNotContain("?");
        assertThat(call.info()).doesNotContainKey("password").containsEntry("user", "iam_user");
    }

    private static Meaning meaning(Given given) {
        return Meaning.of(given, given.url, properties(given.info));
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
                .filter(given -> meaning(given) != null);
    }

    @Provide
    Arbitrary<HostPort> address() {
        return Combinators.combine(host(), Arbitraries.integers().between(1, 65535))
                .as(HostPort::of);
    }

    private Arbitrary<String> url() {
        return Combinators.combine(Arbitraries.of("", "", "", "sequential:"), authority(), database(), query())
                .as((mode, authority, database, query) -> "jdbc:mariadb:" + mode + authority + database + query);
    }

    private Arbitrary<String> authority() {
        Arbitrary<String> port = Arbitraries.integers()
                .between(1, 65535)
                .map(number -> ":" + number)
                .injectNull(0.5);
        Arbitrary<String> simple = Combinators.combine(host(), port)
                .as((host, number) -> (host.contains(":") ? "[" + host + "]" : host) + (number == null ? "" : number));
        Arbitrary<String> described = Combinators.combine(host(), port)
                .as((host, number) ->
                        "address=(host=" + host + ")" + (number == null ? "" : "(port=" + number.substring(1) + ")"));
        return Arbitraries.frequencyOf(Tuple.of(3, simple), Tuple.of(1, described))
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(all -> "//" + String.join(",", all));
    }

    private Arbitrary<String> host() {
        return Arbitraries.of(
                "db-1",
                "localhost",
                "127.0.0.1",
                "::1",
                "fe80::1:2",
                "orders.cluster-abcdefghijkl.eu-west-1.rds.amazonaws.com",
                "orders-1.abcdefghijkl.eu-west-1.rds.amazonaws.com");
    }

    private Arbitrary<String> database() {
        return Arbitraries.of("", "/", "/orders", "/or ders", "/or%20ders", "/ördërs");
    }

    private Arbitrary<String> query() {
        Arbitrary<String> pair = Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.of(
                                        "user", "password", "sessionVariables", "unknown", "connectionAttributes"),
                                text())
                        .as((name, value) -> name + "=" + value),
                Arbitraries.of(
                        "useSsl=true",
                        "useSsl=false",
                        "useSsl",
                        "sslMode=trust",
                        "sslMode=verify-ca",
                        "sslMode=disable",
                        "trustServerCertificate=true",
                        "disableSslHostnameVerification",
                        "connectTimeout=700",
                        "socketTimeout=900",
                        "tcpKeepAlive=false",
                        "autocommit=false",
                        "allowMultiQueries",
                        "rewriteBatchedStatements=true",
                        "useServerPrepStmts=true",
                        "maxPoolSize=3",
                        "minPoolSize=2",
                        "permitRedirect=true",
                        "transactionReplay=true",
                        "useCompression=true",
                        ""));
        return pair.list().ofMaxSize(5).map(all -> all.isEmpty() ? "" : "?" + String.join("&", all));
    }

    private Arbitrary<Map<String, String>> info() {
        return Arbitraries.maps(
                        Arbitraries.of("user", "password", "connectTimeout", "sslMode", "useCompression", "unknown2"),
                        Arbitraries.just(""))
                .ofMaxSize(4)
                .map(all -> {
                    Map<String, String> info = new TreeMap<>();
                    all.keySet()
                            .forEach(name -> info.put(
                                    name,
                                    Map.of(
                                                    "connectTimeout", "800",
                                                    "sslMode", "trust",
                                                    "useCompression", "true")
                                            .getOrDefault(name, "p" + name)));
                    return info;
                });
    }

    private Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(6),
                Arbitraries.of("a b", "a+b", "a=b", "a/b", "ü", "100%", "a%20b", "a#b", "x;y", "a:b"));
    }
}
