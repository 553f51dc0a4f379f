package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.weave.Hook;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** MariaDB Connector/J 1 and 2. What a URL means is asked of the driver itself, by its public UrlParser and Options. */
final class MariaDb2 implements MysqlDialect {

    static final String SCHEME = "jdbc:mariadb:";

    /** What the agent says in place of the application where it sends a token. */
    private static final Set<String> LOGIN = new HashSet<>(Arrays.asList(
            "user",
            "password",
            "usessl",
            "trustservercertificate",
            "disablesslhostnameverification",
            "credentialtype",
            "allowpublickeyretrieval"));

    @Override
    public boolean speaks(Driver driver, String url) {
        // Both also take jdbc:mysql:, unless the URL says disableMariaDbDriver.
        return url.startsWith("jdbc:m")
                && MariaDbParsed.beside(driver.getClass(), "UrlParser") != null
                && UrlText.isAccepted(driver, url);
    }

    @Override
    public Wish read(Driver driver, String url, Properties info) throws SQLException {
        Object parsed = MariaDbParsed.parse(MariaDbParsed.beside(driver.getClass(), "UrlParser"), url, info);
        if (parsed == null) {
            return Wish.leftAlone("the driver itself can't tell what it means");
        }
        Properties settings = settings(MariaDbParsed.ask(parsed, "getOptions"));
        if (Boolean.parseBoolean(settings.getProperty("pool"))) {
            return Wish.forItsPool();
        }
        for (String elsewhere : Arrays.asList("socketFactory", "localSocket", "pipe", "sharedMemory")) {
            if (settings.getProperty(elsewhere) != null) {
                return Wish.leftAlone("it goes by a unix socket, a named pipe or a socketFactory");
            }
        }
        List<HostPort> hosts = MariaDb.hosts((List<?>) MariaDbParsed.ask(parsed, "getHostAddresses"));
        if (hosts.isEmpty()) {
            return Wish.leftAlone("it names a host or port that can't be dialled");
        }
        String mode = String.valueOf(MariaDbParsed.ask(parsed, "getHaMode"));
        Wish wish = new Wish(
                settings,
                hosts,
                (String) MariaDbParsed.ask(parsed, "getDatabase"),
                settings.getProperty("user"),
                settings.getProperty("password"),
                hasOwnTrust(settings),
                0);
        return isBalanced(parsed) ? wish.balancedBy("MariaDB Connector/J (" + mode + ")") : wish.by(mode);
    }

    static boolean isBalanced(Object parsed) {
        return MariaDb.isBalanced(String.valueOf(MariaDbParsed.ask(parsed, "getHaMode")));
    }

    static boolean hasOwnTrust(Properties settings) {
        return settings.getProperty("serverSslCert") != null
                || settings.getProperty("trustStore") != null
                || settings.getProperty("keyStore") != null
                || settings.getProperty("tlsSocketType") != null;
    }

    /** All of them, the defaults too: what is the default depends on nothing but them. */
    static Properties settings(Object options) {
        Properties settings = new Properties();
        try {
            for (Field field : options.getClass().getFields()) {
                Object value = field.get(options);
                if (value instanceof Properties) {
                    settings.putAll((Properties) value);
                } else if (value != null && !Modifier.isStatic(field.getModifiers())) {
                    settings.setProperty(field.getName(), value.toString());
                }
            }
            return settings;
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public Call call(Wish wish, HostPort signingName, String user, TlsMode tls) {
        Properties info = raised(wish.info(), user, tls);
        String database = wish.database() == null ? "" : wish.database();
        return new Call(
                MariaDb.scheme(wish) + "//address=(host=" + signingName.host() + ")(port=" + signingName.port()
                        + ")(type=master)/" + database,
                info);
    }

    /** The URL's parameters would win over the properties. */
    @Override
    public Call callBalancedBy(String url, Properties info, String user, TlsMode tls) {
        int query = url.indexOf('?');
        return new Call(query < 0 ? url : url.substring(0, query), raised(MariaDb.settings(url, info), user, tls));
    }

    private static Properties raised(Properties settings, String user, TlsMode tls) {
        Properties info =
                AllProperties.of(settings, name -> tls == null || !LOGIN.contains(name.toLowerCase(Locale.ROOT)));
        if (tls != null) {
            info.setProperty("useSsl", "true");
            info.setProperty("trustServerCertificate", String.valueOf(tls == TlsMode.REQUIRE));
            info.setProperty("disableSslHostnameVerification", String.valueOf(tls != TlsMode.VERIFY_FULL));
            String login = user == null ? settings.getProperty("user") : user;
            if (login != null) {
                info.setProperty("user", login);
            }
        }
        return info;
    }

    @Override
    public Map<String, Entry> entries() {
        Map<String, Entry> entries = new HashMap<>();
        entries.put("mariadb2.connect", new MariaDb2Entry());
        entries.put("mariadb2.pool", new MariaDb2PoolEntry());
        return entries;
    }

    @Override
    public Map<String, Hook> hooks(Logins logins) {
        return new MariaDb2Hooks(new KnownLogins(logins)).all();
    }
}
