package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.weave.Hook;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;

/**
 * What is done inside Connector/J 5.1. It makes a {@code MysqlIO} for each session: in a connect of ours; again for the
 * same connection ({@code autoReconnect}); for a duplicate of it, by which a query is killed; and to a host that it has
 * chosen by itself.
 */
final class ConnectorJ5Hooks {

    private final Logins logins;
    /** By {@code ConnectionImpl} and by {@code MysqlIO}, neither of which has an equality of its own. */
    private final Map<Object, Logins.Login> made = Collections.synchronizedMap(new WeakHashMap<>());
    /** The one whose {@code MysqlIO} this thread makes. */
    private final LoginInHand connecting = new LoginInHand();
    /** That of the connection of which this thread makes a duplicate. */
    private final LoginInHand duplicating = new LoginInHand();

    ConnectorJ5Hooks(Logins logins) {
        this.logins = logins;
    }

    Map<String, Hook> all() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("connectorj5.session", this::session);
        hooks.put("connectorj5.duplicate", this::duplicate);
        hooks.put("connectorj5.host", call -> connecting.host());
        hooks.put("connectorj5.socket", call -> connecting.socket());
        hooks.put("connectorj5.tls", call -> connecting.tls());
        hooks.put("connectorj5.login", this::login);
        hooks.put("connectorj5.clear-password", this::clearPassword);
        hooks.put("connectorj5.change-user", this::changeUser);
        return hooks;
    }

    /** {@code ConnectionImpl.duplicate()}: the session that it makes next on this thread is one of this connection's. */
    private Object duplicate(Object[] call) {
        duplicating.take(made.get(call[0]));
        return null;
    }

    /** {@code new MysqlIO(String host, int port, Properties, String factory, MySQLConnection, …)}: which login it is. */
    private Object session(Object[] call) throws Exception {
        Logins.Login duplicated = duplicating.taken();
        connecting.take(null);
        Object connection = call[5];
        Logins.Login login = logins.current();
        if (login == null) {
            login = isProxy(connection) ? null : made.get(connection);
        }
        if (login == null) {
            login = duplicated == null ? chosen(call) : duplicated;
        }
        if (login != null) {
            connecting.take(login);
            if (login.tls() != null && !isProxy(connection)) {
                raise(connection);
            }
        }
        return null;
    }

    /** One of those that span several connections; it would wait for a statement before it said anything of itself. */
    private static boolean isProxy(Object connection) {
        return Proxy.isProxyClass(connection.getClass());
    }

    /** Where Connector/J itself has chosen the host. Null when it is none of ours. */
    private Logins.Login chosen(Object[] call) throws SQLException {
        Properties settings = (Properties) call[3];
        if (settings == null || ConnectorJ5Url.goesElsewhere(settings)) {
            return null;
        }
        try {
            HostPort host = HostPort.of((String) call[1], (Integer) call[2]);
            return logins.to(host, settings.getProperty("password"), false);
        } catch (IllegalArgumentException noSuchAddress) {
            return null;
        }
    }

    /** What the URL says of one host, {@code (useSSL=false)}, is stronger than the properties of the connect. */
    private static void raise(Object connection) throws ReflectiveOperationException {
        for (String setter : new String[] {"setUseSSL", "setRequireSSL", "setVerifyServerCertificate"}) {
            connection.getClass().getMethod(setter, boolean.class).invoke(connection, true);
        }
    }

    /** {@code MysqlIO.doHandshake(String user, String password, String database)}: another password. */
    private Object login(Object[] call) throws Exception {
        Logins.Login login = connecting.get();
        if (login == null) {
            return null;
        }
        made.put(call[0], login);
        hidePackets(call[0]);
        String password = login.waitsForCertificate() ? "" : login.password((String) call[1]);
        Object connection = field(call[0], "connection");
        if (!isProxy(connection)) {
            Logins.Login before = made.put(connection, login);
            if (before == login && logins.current() == null) {
                login.renewed();
            }
        }
        return password;
    }

    /**
     * {@code MysqlClearPasswordPlugin.setAuthenticationParameters(String user, String password)}: another password, of
     * which there was none before the certificate.
     */
    private Object clearPassword(Object[] call) throws SQLException {
        Logins.Login login = connecting.get();
        return login == null || !login.waitsForCertificate() ? null : login.password((String) call[1]);
    }

    /** {@code MysqlIO.changeUser(String user, String password, String database)}: another password. */
    private Object changeUser(Object[] call) throws Exception {
        Logins.Login login = made.get(call[0]);
        if (login == null) {
            return null;
        }
        connecting.take(login);
        hidePackets(call[0]);
        String password = login.password((String) call[1], (Socket) field(call[0], "mysqlConnection"));
        login.renewed();
        return password;
    }

    /** Else the driver would dump the packet with the token, into its log or when the connection is lost. */
    private static void hidePackets(Object io) throws ReflectiveOperationException {
        for (String dumps : new String[] {"traceProtocol", "enablePacketDebug"}) {
            declared(io, dumps).setBoolean(io, false);
        }
    }

    private static Object field(Object io, String name) throws ReflectiveOperationException {
        return declared(io, name).get(io);
    }

    private static Field declared(Object io, String name) throws ReflectiveOperationException {
        Field field = io.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }
}
