package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.weave.ForTheDriver;
import io.rdsagent.weave.Hook;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * What is done inside Connector/J. It logs in again by itself: to kill a query, on a timer's thread; with
 * {@code autoReconnect}; with {@code resetServerState}. Then no connect of ours is under way, and the login is known
 * again by the objects that the driver keeps: the host's description, the session's socket.
 */
final class ConnectorJHooks {

    private final Logins logins;
    /** By {@code HostInfo} and {@code SocketConnection}, neither of which has an equality of its own. */
    private final Map<Object, Logins.Login> made = Collections.synchronizedMap(new WeakHashMap<>());
    /** The one whose {@code NativeSession#connect} this thread is in; weak, so that a thread keeps nothing alive. */
    @SuppressWarnings("ThreadLocalUsage") // There is one of this class, and it lives as long as the JVM.
    private final ThreadLocal<WeakReference<Logins.Login>> connecting = new ThreadLocal<>();

    ConnectorJHooks(Logins logins) {
        this.logins = logins;
    }

    Map<String, Hook> all() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("connectorj.login", this::login);
        hooks.put("connectorj.host", call -> host());
        hooks.put("connectorj.socket", call -> socket());
        hooks.put("connectorj.tls", this::tls);
        hooks.put("connectorj.change-user", this::changeUser);
        return hooks;
    }

    /** {@code NativeSession.connect(HostInfo, String user, String password, …)}: another password. */
    private Object login(Object[] call) throws SQLException {
        Logins.Login login = known(call[1]);
        if (login == null) {
            connecting.remove();
            return null;
        }
        connecting.set(new WeakReference<>(login));
        return login.password((String) call[2]);
    }

    private Logins.Login known(Object driversOwn) {
        Logins.Login current = logins.current();
        if (current == null) {
            return made.get(driversOwn);
        }
        made.put(driversOwn, current);
        return current;
    }

    /** {@code StandardSocketFactory.connect(String host, int port, …)}: the host is looked up, the name that is verified stays. */
    private Object host() {
        Logins.Login login = underWay();
        HostPort elsewhere = login == null ? null : login.elsewhere();
        return elsewhere == null ? null : elsewhere.host();
    }

    /** {@code StandardSocketFactory.createSocket(PropertySet)}. */
    private Object socket() throws ForTheDriver {
        Logins.Login login = underWay();
        try {
            return login == null
                    ? null
                    : login.sockets(SocketFactory.getDefault()).createSocket();
        } catch (IOException unreachable) {
            throw new ForTheDriver(unreachable);
        }
    }

    private Logins.Login underWay() {
        WeakReference<Logins.Login> mine = connecting.get();
        return mine == null ? null : mine.get();
    }

    /** {@code ExportControlled.performTlsHandshake(Socket, SocketConnection, …)}: the socket that is then used. */
    private Object tls(Object[] call) throws Exception {
        Logins.Login login = underWay();
        connecting.remove();
        if (login == null) {
            return null;
        }
        Object connection = call[2];
        made.put(connection, login);
        String host = (String) ask(connection, "getHost");
        return login.tls() == null
                ? null
                : secured(login.tls(), (Socket) call[1], host, (Integer) ask(connection, "getPort"));
    }

    private static Socket secured(SSLSocketFactory tls, Socket plain, String host, int port) throws ForTheDriver {
        try {
            SSLSocket secured = (SSLSocket) tls.createSocket(plain, host, port, true);
            secured.startHandshake();
            return secured;
        } catch (IOException untrusted) {
            throw new ForTheDriver(untrusted);
        }
    }

    /** {@code NativeProtocol.changeUser(String user, String password, String database)}: another password. */
    private Object changeUser(Object[] call) throws Exception {
        Object connection = ask(call[0], "getSocketConnection");
        Logins.Login login = made.get(connection);
        return login == null ? null : login.password((String) call[1], (Socket) ask(connection, "getMysqlSocket"));
    }

    private static Object ask(Object object, String getter) throws ReflectiveOperationException {
        return object.getClass().getMethod(getter).invoke(object);
    }
}
