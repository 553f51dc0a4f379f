package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.weave.ForTheDriver;
import io.rdsagent.weave.Hook;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.net.SocketFactory;
import javax.net.ssl.TrustManager;

/** What is done inside MariaDB Connector/J 3 and 4. */
final class MariaDbHooks {

    private final Logins logins;

    MariaDbHooks(Logins logins) {
        this.logins = logins;
    }

    Map<String, Hook> all() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("mariadb.address", this::address);
        hooks.put("mariadb.socket", call -> socket());
        hooks.put("mariadb.trust", call -> trust());
        hooks.put("mariadb.tls", call -> tls());
        hooks.put("mariadb.login", this::login);
        return hooks;
    }

    /** {@code ConnectionHelper.connectSocket(Configuration, HostAddress)}: the client keeps the name that it verifies. */
    private Object address(Object[] call) throws ReflectiveOperationException {
        Logins.Login login = logins.current();
        HostPort elsewhere = login == null ? null : login.elsewhere();
        return elsewhere == null || call[2] == null
                ? null
                : call[2].getClass()
                        .getMethod("from", String.class, int.class)
                        .invoke(null, elsewhere.host(), elsewhere.port());
    }

    /** {@code ConnectionHelper.createSocket(Configuration, HostAddress)}. */
    private Object socket() throws ForTheDriver {
        Logins.Login login = logins.current();
        try {
            return login == null
                    ? null
                    : login.sockets(SocketFactory.getDefault()).createSocket();
        } catch (IOException unreachable) {
            throw new ForTheDriver(unreachable);
        }
    }

    /**
     * {@code DefaultTlsSocketPlugin.getTrustManager(…)}: trusts nobody, since {@link #tls} does not ask it; the driver's
     * own would want a file.
     */
    private Object trust() {
        Logins.Login login = logins.current();
        return login == null || login.tls() == null ? null : new TrustManager[] {new TrustsNobody()};
    }

    /** {@code getSocketFactory(Configuration, …)}, {@code newSslSocketFactory(…)}. */
    private Object tls() {
        Logins.Login login = logins.current();
        return login == null || login.tls() == null ? null : new NamedTls(login.tls(), login.signingName());
    }

    /** {@code ConnectionHelper.loadCredential(CredentialPlugin, Configuration, HostAddress)}: another credential. */
    private Object login(Object[] call) throws ReflectiveOperationException, SQLException {
        Logins.Login login = logins.current();
        if (login == null) {
            return null;
        }
        Object configuration = call[2];
        String user = (String) configuration.getClass().getMethod("user").invoke(configuration);
        String password = login.password(user);
        return password == null
                ? null
                : DriversOwn.find(configuration.getClass(), "org.mariadb.jdbc", "org.mariadb.jdbc.plugin.Credential")
                        .getConstructor(String.class, String.class)
                        .newInstance(user, password);
    }
}
