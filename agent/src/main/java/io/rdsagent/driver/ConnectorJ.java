package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** MySQL Connector/J 8 and later. What a URL means is asked of the driver itself, see {@link ConnectorJUrl}. */
final class ConnectorJ implements MysqlDialect {

    private static final String SCHEME = "jdbc:mysql:";

    /** What a call says by its URL, and what has been done to the properties that the driver gave. */
    private static final List<String> ADDRESS = Arrays.asList("dbname", "propertiestransform", "useconfigs");

    /** What the agent says in place of the application where it sends a token. */
    private static final List<String> LOGIN = Arrays.asList(
            "user",
            "password",
            "sslmode",
            "usessl",
            "requiressl",
            "verifyservercertificate",
            "disabledauthenticationplugins",
            "allowpublickeyretrieval");

    @Override
    public boolean speaks(Driver driver, String url) {
        // Also jdbc:mysql:loadbalance:, replication:, +srv:. MariaDB's old drivers and Connector/J 5.1 take it, too.
        return url.startsWith(SCHEME)
                && DriversOwn.has(driver.getClass(), "com.mysql.cj.jdbc", "com.mysql.cj.conf.ConnectionUrl");
    }

    @Override
    public Wish read(Driver driver, String url, Properties info) throws SQLException {
        ConnectorJUrl parsed = ConnectorJUrl.parse(driver, url, info);
        if (parsed == null) {
            return Wish.leftAlone("the driver itself can't tell what it means");
        }
        String balancedBy = parsed.balancedBy();
        if (balancedBy != null && parsed.isFromDns()) {
            return new Wish(info, Collections.emptyList(), null, null, null, false, 0).balancedBy(balancedBy);
        }
        Properties settings = parsed.settings();
        if (ConnectorJUrl.goesElsewhere(settings)) {
            return Wish.leftAlone("its socketFactory decides where to go: a unix socket, a named pipe");
        }
        List<HostPort> hosts = parsed.hosts();
        if (hosts == null) {
            return Wish.leftAlone("it names a host or port that can't be dialled");
        }
        Wish wish = new Wish(
                        settings,
                        hosts,
                        parsed.database(),
                        parsed.user(),
                        parsed.password(),
                        ConnectorJUrl.hasOwnTrust(settings),
                        0)
                .asking(askedTls(settings));
        return balancedBy == null ? wish : wish.balancedBy(balancedBy);
    }

    /** The words of 8.0.13 and later, and those of 5.1 that these still take. */
    private static AskedTls askedTls(Properties settings) {
        String mode = settings.getProperty("sslMode");
        if (mode != null) {
            return new AskedTls("sslMode=" + mode, tlsMode(mode.toUpperCase(Locale.ROOT)));
        }
        if ("false".equalsIgnoreCase(settings.getProperty("useSSL"))) {
            return new AskedTls("useSSL=false", null);
        }
        String verified = settings.getProperty("verifyServerCertificate");
        if (verified != null) {
            return new AskedTls(
                    "verifyServerCertificate=" + verified,
                    Boolean.parseBoolean(verified) ? TlsMode.VERIFY_CA : TlsMode.REQUIRE);
        }
        return null;
    }

    static TlsMode tlsMode(String word) {
        switch (word) {
            case "REQUIRED":
                return TlsMode.REQUIRE;
            case "VERIFY_CA":
                return TlsMode.VERIFY_CA;
            case "VERIFY_IDENTITY":
                return TlsMode.VERIFY_FULL;
            default:
                return null;
        }
    }

    @Override
    public Call call(Wish wish, HostPort signingName, String user, TlsMode tls) {
        Properties info = AllProperties.of(wish.info(), name -> isKept(name.toLowerCase(Locale.ROOT), tls));
        String login = tls == null ? wish.user() : user;
        if (login != null) {
            info.setProperty("user", login);
        }
        if (tls != null) {
            info.setProperty("sslMode", sslMode(tls));
        } else if (wish.password() != null) {
            info.setProperty("password", wish.password());
        }
        String database = wish.database() == null ? "" : UrlText.encodePath(wish.database());
        return new Call(SCHEME + "//" + signingName + '/' + database, info);
    }

    private static boolean isKept(String name, TlsMode tls) {
        return !ADDRESS.contains(name) && (tls == null || !LOGIN.contains(name));
    }

    /** Of the URL's parameters these properties win; what it says of one host, the hook of its login mends. */
    @Override
    public Call callBalancedBy(String url, Properties info, String user, TlsMode tls) {
        Properties raised = AllProperties.of(info);
        raised.setProperty("sslMode", sslMode(tls));
        if (user != null) {
            raised.setProperty("user", user);
        }
        return new Call(url, raised);
    }

    @Override
    public boolean isClosed(Connection connection) throws SQLException {
        return ConnectorJProxy.isClosed(connection);
    }

    static String sslMode(TlsMode tls) {
        switch (tls) {
            case REQUIRE:
                return "REQUIRED";
            case VERIFY_CA:
                return "VERIFY_CA";
            default:
                return "VERIFY_IDENTITY";
        }
    }

    @Override
    public Map<String, Hook> hooks(Logins logins) {
        return new ConnectorJHooks(logins).all();
    }
}
