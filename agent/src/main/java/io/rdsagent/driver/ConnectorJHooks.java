package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.weave.ForTheDriver;
import io.rdsagent.weave.Hook;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.Socket;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * What is done inside Connector/J. It logs in again by itself: to kill a query, on a timer's thread; with
 * {@code autoReconnect}; with {@code resetServerState}. Then no connect of ours is under way, and the login is known
 * again by the objects that the driver keeps: the session, its settings, its socket. Where Connector/J itself chooses
 * the host, the login is asked for here.
 */
final class ConnectorJHooks {

    private final Logins logins;
    /**
     * By {@code NativeSession}, its {@code PropertySet} (by which also a query is killed) and its {@code SocketConnection},
     * none of which has an equality of its own. Connections share a {@code HostInfo}.
     */
    private final Map<Object, Logins.Login> made = Collections.synchronizedMap(new WeakHashMap<>());
    /** The one whose {@code NativeSession#connect} this thread is in. */
    private final LoginInHand connecting = new LoginInHand();

    ConnectorJHooks(Logins logins) {
        this.logins = logins;
    }

    Map<String, Hook> all() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("connectorj.login", this::login);
        hooks.put("connectorj.host", call -> connecting.host());
        hooks.put("connectorj.socket", call -> connecting.socket());
        hooks.put("connectorj.tls", this::tls);
        hooks.put("connectorj.clear-password", this::clearPassword);
        hooks.put("connectorj.change-user", this::changeUser);
        return hooks;
    }

    /** {@code NativeSession.connect(HostInfo, String user, String password, …)}: another password. */
    private Object login(Object[] call) throws Exception {
        connecting.take(null);
        Object settings = ask(call[0], "getPropertySet");
        Logins.Login before = logins.current() == null ? made.get(settings) : null;
        Logins.Login login = before == null ? first(call, settings) : before;
        if (login == null) {
            return null;
        }
        connecting.take(login);
        String password = login.waitsForCertificate() ? "" : login.password((String) call[2]);
        // Not where a query is killed: that is another session, by the settings of the connection.
        if (before != null && made.get(call[0]) == before) {
            before.renewed();
        }
        return password;
    }

    private Logins.Login first(Object[] call, Object settings) throws Exception {
        Logins.Login current = logins.current();
        Logins.Login login = current == null ? chosen(call, settings) : current;
        if (login != null) {
            made.put(call[0], login);
            made.put(settings, login);
        }
        return login;
    }

    /** Where Connector/J itself has chosen the host. Null when it is none of ours. */
    private Logins.Login chosen(Object[] call, Object settings) throws Exception {
        Object host = call[1];
        Map<?, ?> asked = (Map<?, ?>) ask(host, "getHostProperties");
        HostPort address = ConnectorJUrl.address(host);
        if (address == null || ConnectorJUrl.goesElsewhere(asked)) {
            return null;
        }
        Logins.Login login = logins.to(address, (String) call[3], ConnectorJUrl.hasOwnTrust(asked));
        if (login != null) {
            raise(settings, login.tls() == null ? logins.least(address) : TlsMode.REQUIRE);
        }
        return login;
    }

    /** What the URL says of one host, {@code (sslMode=DISABLED)}, is stronger than the properties of the connect. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static void raise(Object settings, TlsMode least) throws ReflectiveOperationException {
        Object mode = settings.getClass().getMethod("getProperty", String.class).invoke(settings, "sslMode");
        Enum<?> asked = (Enum<?>) ask(mode, "getValue");
        if (new AskedTls(asked.name(), ConnectorJ.tlsMode(asked.name())).isWeakerThan(least)) {
            mode.getClass()
                    .getMethod("setValue", Object.class)
                    .invoke(mode, Enum.valueOf((Class) asked.getDeclaringClass(), ConnectorJ.sslMode(least)));
        }
    }

    /** {@code ExportControlled.performTlsHandshake(Socket, SocketConnection, …)}: the socket that is then used. */
    private Object tls(Object[] call) throws Exception {
        Logins.Login login = connecting.taken();
        if (login == null) {
            return null;
        }
        Object connection = call[2];
        made.put(connection, login);
        return login.tls() == null ? null : secured(login.tls(), (Socket) call[1], login.signingName());
    }

    private static Socket secured(SSLSocketFactory tls, Socket plain, HostPort name) throws ForTheDriver {
        try {
            SSLSocket secured = (SSLSocket) tls.createSocket(plain, name.host(), name.port(), true);
            secured.startHandshake();
            return secured;
        } catch (IOException untrusted) {
            throw new ForTheDriver(untrusted);
        }
    }

    /**
     * {@code MysqlClearPasswordPlugin.setAuthenticationParameters(String user, String password)}: another password, of
     * which there was none before the certificate.
     */
    private Object clearPassword(Object[] call) throws Exception {
        Field protocol = call[0].getClass().getDeclaredField("protocol");
        protocol.setAccessible(true);
        Object connection = ask(protocol.get(call[0]), "getSocketConnection");
        Logins.Login login = made.get(connection);
        return login == null || !login.waitsForCertificate()
                ? null
                : login.password((String) call[1], (Socket) ask(connection, "getMysqlSocket"));
    }

    /** {@code NativeProtocol.changeUser(String user, String password, String database)}: another password. */
    private Object changeUser(Object[] call) throws Exception {
        Object connection = ask(call[0], "getSocketConnection");
        Logins.Login login = made.get(connection);
        if (login == null) {
            return null;
        }
        hidePackets(ask(call[0], "getPropertySet"));
        String password = login.password((String) call[1], (Socket) ask(connection, "getMysqlSocket"));
        login.renewed();
        return password;
    }

    /** Else the driver would dump the packet with the token; that of a connection's first login it doesn't. */
    private static void hidePackets(Object settings) throws ReflectiveOperationException {
        for (String dumps : new String[] {"traceProtocol", "enablePacketDebug"}) {
            Object setting =
                    settings.getClass().getMethod("getProperty", String.class).invoke(settings, dumps);
            if (Boolean.TRUE.equals(ask(setting, "getValue"))) {
                setting.getClass().getMethod("setValue", Object.class).invoke(setting, false);
            }
        }
    }

    private static Object ask(Object object, String getter) throws ReflectiveOperationException {
        return object.getClass().getMethod(getter).invoke(object);
    }
}
