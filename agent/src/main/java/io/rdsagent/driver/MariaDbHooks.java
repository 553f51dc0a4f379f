package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.weave.ForTheDriver;
import io.rdsagent.weave.Hook;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.TrustManager;

/**
 * What is done inside MariaDB Connector/J 3 and 4. A login that the driver makes by itself is known again by the {@code
 * Configuration}, of which each connection has its own.
 */
final class MariaDbHooks {

    private final KnownLogins logins;
    private final LoginInHand inHand;

    MariaDbHooks(Logins logins) {
        this.logins = new KnownLogins(logins);
        this.inHand = this.logins.inHand();
    }

    Map<String, Hook> all() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("mariadb.address", this::address);
        hooks.put("mariadb.socket", call -> socket());
        hooks.put("mariadb.trust", call -> trust());
        hooks.put("mariadb.tls", call -> inHand.tls());
        hooks.put("mariadb.name", call -> inHand.name());
        hooks.put("mariadb.login", this::login);
        hooks.put("mariadb.dump", call -> dump());
        hooks.put("mariadb.again", this::again);
        return hooks;
    }

    /**
     * {@code ConnectionHelper.connectSocket(Configuration, HostAddress)}: the client keeps the name that it verifies. A
     * query is killed by 3.5 at the address that the session's socket has, but at the URL's port.
     */
    private Object address(Object[] call) throws Exception {
        begin(call[1], call[2]);
        Logins.Login login = inHand.get();
        HostPort elsewhere = login == null ? null : login.elsewhere();
        if (elsewhere == null || call[2] == null) {
            return null;
        }
        String host = (String) MariaDbParsed.field(call[2], "host");
        boolean named = login.isNamed(host);
        return call[2].getClass()
                .getMethod("from", String.class, int.class)
                .invoke(null, named ? elsewhere.host() : host, elsewhere.port());
    }

    private void begin(Object configuration, Object address) throws SQLException {
        boolean balanced = MariaDb.isBalanced(String.valueOf(MariaDbParsed.ask(configuration, "haMode")));
        HostPort host = balanced && !MariaDb.goesElsewhere(configuration) ? MariaDb.host(address) : null;
        if (host == null) {
            logins.begin(configuration);
        } else {
            logins.begin(
                    address,
                    host,
                    (List<?>) MariaDbParsed.ask(configuration, "addresses"),
                    (String) MariaDbParsed.ask(configuration, "password"),
                    MariaDb.hasOwnTrust(configuration));
        }
    }

    /** {@code ConnectionHelper.createSocket(Configuration, HostAddress)}: seen, so that it is closed when time is up. */
    private Object socket() throws ForTheDriver {
        return logins.isUnderWay() ? inHand.socket() : null;
    }

    /**
     * {@code DefaultTlsSocketPlugin.getTrustManager(…)}: trusts nobody, since the agent's own TLS does not ask it; the driver's
     * own would want a file.
     */
    private Object trust() {
        Logins.Login login = inHand.get();
        return login == null || login.tls() == null ? null : new TrustManager[] {new TrustsNobody()};
    }

    /** {@code ConnectionHelper.loadCredential(CredentialPlugin, Configuration, HostAddress)}: another credential. */
    private Object login(Object[] call) throws ReflectiveOperationException, SQLException {
        Logins.Login login = inHand.get();
        if (login == null) {
            return null;
        }
        Object configuration = call[2];
        String user = (String) MariaDbParsed.ask(configuration, "user");
        String password = isEncrypted(configuration, call[3]) ? login.password(user) : login.password(user, null);
        return password == null
                ? null
                : MariaDbParsed.beside(configuration.getClass(), "plugin.Credential")
                        .getConstructor(String.class, String.class)
                        .newInstance(user, password);
    }

    /** What it was told to do over TLS it does over nothing else. What the URL says of one host counts for more. */
    private static boolean isEncrypted(Object configuration, Object address) {
        Object ofHost = address == null ? null : MariaDbParsed.fieldOrNull(address, "sslMode");
        String mode = String.valueOf(ofHost == null ? MariaDbParsed.ask(configuration, "sslMode") : ofHost);
        return mode.equals("TRUST") || mode.startsWith("VERIFY_");
    }

    /** {@code LoggerHelper.hex(byte[], …)}: 3.0 dumps all it sends, also the password. */
    private Object dump() {
        return inHand.get() == null ? null : "(a login, hidden by the RDS JDBC Agent)";
    }

    /** A {@code StandardClient(Configuration, HostAddress, lock, boolean skipPostCommands)} is there, and has logged in. */
    private Object again(Object[] call) {
        inHand.take(null);
        boolean toKill = Boolean.TRUE.equals(call[4]);
        Logins.Login login = toKill || logins.isUnderWay() ? null : logins.before(call[1]);
        if (login != null) {
            login.renewed();
        }
        return null;
    }
}
