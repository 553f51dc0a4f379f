package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.weave.Hook;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/** MySQL Connector/J 5.1. What a URL means is asked of the driver itself, see {@link ConnectorJ5Url}. */
final class ConnectorJ5 implements MysqlDialect {

    private static final String SCHEME = "jdbc:mysql:";

    /** What a call says by its URL, and what has been done to the properties that the driver gave. */
    private static final List<String> ADDRESS = Arrays.asList(
            "host",
            "port",
            "dbname",
            "num_hosts",
            "protocol",
            "path",
            "roundrobinloadbalance",
            "propertiestransform",
            "useconfigs");

    /** What the agent says in place of the application where it sends a token. */
    private static final Set<String> LOGIN = new HashSet<>(Arrays.asList(
            "user",
            "password",
            "usessl",
            "requiressl",
            "verifyservercertificate",
            "disabledauthenticationplugins",
            "allowpublickeyretrieval"));

    /** What it would leave off by itself with some servers. Nobody needs an older one. */
    private static final String TLS = "TLSv1.2";

    @Override
    public boolean speaks(Driver driver, String url) {
        return url.startsWith(SCHEME)
                // Connector/J 8, too, has a com.mysql.jdbc.Driver.
                && DriversOwn.has(driver.getClass(), "com.mysql.jdbc", "com.mysql.jdbc.MysqlIO");
    }

    @Override
    public Wish read(Driver driver, String url, Properties info) throws SQLException {
        ConnectorJ5Url parsed = ConnectorJ5Url.parse(driver, url, info);
        if (parsed == null) {
            return Wish.leftAlone("the driver itself can't tell what it means");
        }
        if (ConnectorJ5Url.goesElsewhere(parsed.settings())) {
            return Wish.leftAlone("its socketFactory decides where to go: a unix socket, a named pipe");
        }
        List<HostPort> hosts = parsed.hosts();
        if (hosts == null) {
            return Wish.leftAlone("it names a host or port that can't be dialled");
        }
        // It checks no host names: with a trust store of the application's, anybody it trusts could read the token.
        Wish wish = new Wish(
                parsed.settings(),
                hosts,
                parsed.database(),
                parsed.setting("user"),
                parsed.setting("password"),
                false,
                0);
        String way = ConnectorJ5Url.way(url);
        return way == null ? wish : wish.balancedBy("Connector/J (" + way.toUpperCase(Locale.ROOT) + ")");
    }

    @Override
    public Call call(Wish wish, HostPort signingName, String user, TlsMode tls) {
        Properties info = AllProperties.of(wish.info(), name -> isKept(name.toLowerCase(Locale.ROOT), tls));
        if (tls != null) {
            raise(info);
        }
        if (tls != null && user != null) {
            info.setProperty("user", user);
        }
        String database = wish.database() == null ? "" : UrlText.encodePath(wish.database());
        return new Call(SCHEME + "//" + address(signingName) + '/' + database, info);
    }

    private static boolean isKept(String name, TlsMode tls) {
        return !isAddress(name) && (tls == null || !LOGIN.contains(name));
    }

    /** The numbered ones are those of a list of hosts. */
    private static boolean isAddress(String name) {
        return ADDRESS.contains(name) || name.startsWith("host.") || name.startsWith("port.");
    }

    private static String address(HostPort name) {
        return name.host().indexOf(':') < 0
                ? name.toString()
                : "address=(protocol=tcp)(host=" + name.host() + ")(port=" + name.port() + ")";
    }

    /** The certificate is verified by the hooks, which are asked for it only where the driver speaks TLS. */
    private static void raise(Properties info) {
        info.setProperty("useSSL", "true");
        info.setProperty("requireSSL", "true");
        info.setProperty("verifyServerCertificate", "true");
        info.setProperty("enabledTLSProtocols", TLS);
    }

    /** Of the URL's parameters these properties win; what it says of one host, the hook of its session mends. */
    @Override
    public Call callBalancedBy(String url, Properties info, String user, TlsMode tls) {
        Properties raised = AllProperties.of(info);
        raise(raised);
        if (user != null) {
            raised.setProperty("user", user);
        }
        return new Call(url, raised);
    }

    @Override
    public boolean isClosed(Connection connection) throws SQLException {
        return ConnectorJProxy.isClosed(connection);
    }

    @Override
    public Map<String, Hook> hooks(Logins logins) {
        return new ConnectorJ5Hooks(logins).all();
    }
}
