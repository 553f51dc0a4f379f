package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.weave.Hook;
import java.io.File;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/** MariaDB Connector/J 3 and later. What a URL means is asked of the driver itself, by its public Configuration. */
final class MariaDb implements MysqlDialect {

    static final String SCHEME = "jdbc:mariadb:";

    private static final String REDIRECT = "permitRedirect";

    /** In the URL these would win over the properties of a login with a token. The driver takes them in any case. */
    private static final Set<String> LOGIN = new HashSet<>(Arrays.asList(
            "user",
            "password",
            "sslmode",
            "usessl",
            "trustservercertificate",
            "credentialtype",
            "disablesslhostnameverification",
            "allowpublickeyretrieval"));

    /** {@code (sslMode=…)} of one host, where the driver takes out all spaces before it looks. */
    private static final Pattern SSL_MODE_OF_HOST =
            Pattern.compile("[(] *" + String.join(" *", "sslmode".split("")) + " *=[^)]*[)]", Pattern.CASE_INSENSITIVE);

    @Override
    public boolean speaks(Driver driver, String url) {
        // Also jdbc:mysql: with permitMysqlScheme.
        return url.startsWith("jdbc:m")
                && MariaDbParsed.beside(driver.getClass(), "Configuration") != null
                && UrlText.isAccepted(driver, url);
    }

    @Override
    public Wish read(Driver driver, String url, Properties info) throws SQLException {
        Object parsed = MariaDbParsed.parse(MariaDbParsed.beside(driver.getClass(), "Configuration"), url, info);
        if (parsed == null) {
            return Wish.leftAlone("the driver itself can't tell what it means");
        }
        if (Boolean.TRUE.equals(MariaDbParsed.ask(parsed, "pool"))) {
            return Wish.forItsPool();
        }
        if (goesElsewhere(parsed)) {
            return Wish.leftAlone("it goes by a unix socket, a named pipe or a socketFactory");
        }
        List<HostPort> hosts = hosts((List<?>) MariaDbParsed.ask(parsed, "addresses"));
        if (hosts.isEmpty()) {
            return Wish.leftAlone("it names a host or port that can't be dialled");
        }
        String mode = String.valueOf(MariaDbParsed.ask(parsed, "haMode"));
        Properties settings = settings(url, info);
        Wish wish = new Wish(
                        settings,
                        hosts,
                        (String) MariaDbParsed.ask(parsed, "database"),
                        (String) MariaDbParsed.ask(parsed, "user"),
                        (String) MariaDbParsed.ask(parsed, "password"),
                        hasOwnTrust(parsed),
                        0)
                .asking(askedTls(settings));
        return isBalanced(mode) ? wish.balancedBy("MariaDB Connector/J (" + mode + ")") : wish.by(mode);
    }

    /** The words of 3.0 and later, and those of 2 that these still take. */
    private static AskedTls askedTls(Properties settings) {
        for (String name : settings.stringPropertyNames()) {
            String value = settings.getProperty(name);
            if (name.equalsIgnoreCase("sslMode")) {
                return new AskedTls(name + "=" + value, tlsMode(value.toLowerCase(Locale.ROOT)));
            }
            if (name.equalsIgnoreCase("useSsl") && value.equalsIgnoreCase("false")) {
                return new AskedTls(name + "=" + value, null);
            }
            if (name.equals("trustServerCertificate") && value.equalsIgnoreCase("true")) {
                return new AskedTls(name + "=" + value, TlsMode.REQUIRE);
            }
            if (name.equals("disableSslHostnameVerification") && value.equalsIgnoreCase("true")) {
                return new AskedTls(name + "=" + value, TlsMode.VERIFY_CA);
            }
        }
        return null;
    }

    private static TlsMode tlsMode(String word) {
        switch (word) {
            case "trust":
            case "required":
                return TlsMode.REQUIRE;
            case "verify-ca":
            case "verify_ca":
                return TlsMode.VERIFY_CA;
            case "verify-full":
            case "verify_full":
            case "verify_identity":
            case "1":
            case "true":
                return TlsMode.VERIFY_FULL;
            default:
                return null;
        }
    }

    /** Of one that goes through its list in order, the agent has chosen the one. */
    static boolean isBalanced(String mode) {
        return !mode.equals("NONE") && !mode.equals("SEQUENTIAL");
    }

    static boolean goesElsewhere(Object parsed) {
        return MariaDbParsed.isSet(parsed, "socketFactory")
                || MariaDbParsed.isSet(parsed, "localSocket")
                || MariaDbParsed.isSet(parsed, "pipe");
    }

    static boolean hasOwnTrust(Object parsed) {
        for (String own : new String[] {"serverSslCert", "trustStore", "keyStore", "tlsSocketType"}) {
            if (MariaDbParsed.isSet(parsed, own)) {
                return true;
            }
        }
        return false;
    }

    /** Empty where one of them can't be dialled. */
    static List<HostPort> hosts(List<?> addresses) {
        List<HostPort> hosts = new ArrayList<>();
        for (Object address : addresses) {
            HostPort host = host(address);
            if (host == null) {
                return new ArrayList<>();
            }
            hosts.add(host);
        }
        return hosts;
    }

    /** Null where it can't be dialled. */
    static HostPort host(Object address) {
        String host = address == null ? null : (String) MariaDbParsed.field(address, "host");
        try {
            return host == null ? null : HostPort.of(host, (Integer) MariaDbParsed.field(address, "port"));
        } catch (IllegalArgumentException noSuchAddress) {
            return null;
        }
    }

    /** The URL's parameters, which the driver takes as they stand, over the properties. */
    static Properties settings(String url, Properties info) {
        Properties settings = AllProperties.of(info);
        int query = url.indexOf('?');
        String[] parameters =
                query < 0 ? new String[0] : url.substring(query + 1).split("&");
        for (String parameter : parameters) {
            String[] pair = parameter.split("=", 2);
            if (!pair[0].isEmpty()) {
                settings.setProperty(pair[0], pair.length > 1 ? pair[1] : "");
            }
        }
        return settings;
    }

    @Override
    public Call call(Wish wish, HostPort signingName, String user, TlsMode tls) {
        Properties info = raised(wish.info(), user, tls);
        String database = wish.database() == null ? "" : wish.database();
        return new Call(
                scheme(wish) + "//address=(host=" + signingName.host() + ")(port=" + signingName.port() + ")/"
                        + database,
                info);
    }

    @Override
    public Map<String, String> trusting(File pem) {
        return Collections.singletonMap("serverSslCert", pem.getPath());
    }

    /** A driver that may make its connection anew goes on doing so, at the same endpoint. */
    static String scheme(Wish wish) {
        return "SEQUENTIAL".equals(wish.by()) ? SCHEME + "sequential:" : SCHEME;
    }

    /** The URL's parameters would win over the properties, and what it says of one host over both. */
    @Override
    public Call callBalancedBy(String url, Properties info, String user, TlsMode tls) {
        return new Call(
                SSL_MODE_OF_HOST.matcher(withoutParameters(url)).replaceAll(""),
                raised(settings(url, info), user, tls));
    }

    /** Under the scheme that needs no parameter to be taken. */
    static String withoutParameters(String url) {
        int query = url.indexOf('?');
        return (query < 0 ? url : url.substring(0, query)).replaceFirst("^jdbc:mysql:", SCHEME);
    }

    private static Properties raised(Properties settings, String user, TlsMode tls) {
        Properties info = AllProperties.of(
                settings,
                name -> !name.equalsIgnoreCase(REDIRECT)
                        && (tls == null || !LOGIN.contains(name.toLowerCase(Locale.ROOT))));
        // Where a server would send the session elsewhere, there is no token for it.
        info.setProperty(REDIRECT, "false");
        if (tls != null) {
            info.setProperty("sslMode", sslMode(tls));
            String login = user == null ? settings.getProperty("user") : user;
            if (login != null) {
                info.setProperty("user", login);
            }
        }
        return info;
    }

    private static String sslMode(TlsMode tls) {
        switch (tls) {
            case REQUIRE:
                return "trust";
            case VERIFY_CA:
                return "verify-ca";
            default:
                return "verify-full";
        }
    }

    @Override
    public Map<String, Entry> entries() {
        return Collections.singletonMap("mariadb.connect", new MariaDbEntry());
    }

    @Override
    public Map<String, Hook> hooks(Logins logins) {
        return new MariaDbHooks(logins).all();
    }
}
