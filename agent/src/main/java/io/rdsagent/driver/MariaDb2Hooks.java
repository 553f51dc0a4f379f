package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.weave.ForTheDriver;
import io.rdsagent.weave.Hook;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is done inside MariaDB Connector/J 1 and 2. A login that the driver makes by itself is known again by the {@code
 * Options}, of which each connection has its own.
 */
final class MariaDb2Hooks {

    /** What a driver waits by default for a connection. */
    private static final int CONNECT_MILLIS = 10_000;

    private final KnownLogins logins;
    private final LoginInHand inHand;

    MariaDb2Hooks(KnownLogins logins) {
        this.logins = logins;
        this.inHand = logins.inHand();
    }

    Map<String, Hook> all() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put("mariadb2.begin", this::begin);
        hooks.put("mariadb2.socket", call -> socket((String) call[2]));
        hooks.put("mariadb2.tls", call -> inHand.tls());
        hooks.put("mariadb2.name", call -> inHand.name());
        hooks.put("mariadb2.login", this::login);
        hooks.put("mariadb2.pooled", this::pooled);
        hooks.put("mariadb1.login", call -> password(call[10], (String) call[2]));
        hooks.put("mariadb1.switch", call -> password(call[4], null));
        return hooks;
    }

    /**
     * {@code AbstractConnectProtocol.createConnection(HostAddress, String user)}, in 1.x {@code connect(String host, int
     * port)}. What kills a query is a protocol of its own, so one that is known, or that a proxy stands before, has lost
     * its session and is given another.
     */
    private Object begin(Object[] call) throws SQLException {
        Object protocol = call[0];
        Object url = MariaDbParsed.ask(protocol, "getUrlParser");
        Object options = MariaDbParsed.ask(url, "getOptions");
        HostPort host = MariaDb2.isBalanced(url) ? host(call) : null;
        if (host != null) {
            List<?> all = (List<?>) MariaDbParsed.ask(url, "getHostAddresses");
            logins.begin(
                    call[2] instanceof String ? call[1] : address(host, all),
                    host,
                    all,
                    (String) MariaDbParsed.field(options, "password"),
                    MariaDb2.hasOwnTrust(MariaDb2.settings(options)));
            return null;
        }
        logins.begin(options);
        Logins.Login login = inHand.get();
        if (login != null && logins.isUnderWay()) {
            logins.keep(protocol, login);
        } else if (login != null
                && (logins.before(protocol) != null || MariaDbParsed.ask(protocol, "getProxy") != null)) {
            login.password((String) MariaDbParsed.field(options, "user"));
            login.renewed();
        }
        return null;
    }

    private static HostPort host(Object[] call) {
        return call[2] instanceof String ? MariaDb.host(call[1]) : HostPort.of((String) call[1], (Integer) call[2]);
    }

    private static Object address(HostPort host, List<?> all) {
        for (Object address : all) {
            if (host.equals(MariaDb.host(address))) {
                return address;
            }
        }
        return host;
    }

    /**
     * {@code Utils.createSocket(Options or UrlParser, String host)}. 2.x kills a query at the address that the session's
     * socket has, but at the URL's port.
     */
    private Object socket(String host) throws ForTheDriver {
        Logins.Login login = inHand.get();
        if (login == null) {
            return null;
        }
        try {
            if (login.isNamed(host)) {
                return inHand.socket();
            }
            return login.elsewhere() == null
                    ? null
                    : connected(host, login.elsewhere().port());
        } catch (IOException unreachable) {
            throw new ForTheDriver(unreachable);
        }
    }

    private static Socket connected(String address, int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            return socket;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /** {@code AbstractConnectProtocol.authenticationHandler(…, Options, String database, Credential, String host)}. */
    private Object login(Object[] call) throws ReflectiveOperationException, SQLException {
        Object credential = call[7];
        String user = (String) MariaDbParsed.ask(credential, "getUser");
        String password = password(call[5], user);
        inHand.take(null);
        return password == null
                ? null
                : credential
                        .getClass()
                        .getConstructor(String.class, String.class)
                        .newInstance(user, password);
    }

    /** {@code SendHandshakeResponsePacket.send(…)}, and for a plug-in that the server asks for {@code processAuthPlugin}. */
    private String password(Object options, String user) throws SQLException {
        Logins.Login login = inHand.get();
        if (login == null) {
            return null;
        }
        String known = user == null ? (String) MariaDbParsed.field(options, "user") : user;
        // What it was told to do over TLS it does over nothing else.
        return Boolean.TRUE.equals(MariaDbParsed.field(options, "useSsl"))
                ? login.password(known)
                : login.password(known, null);
    }

    /** {@code MariaDbConnection(Protocol)}: the driver's pool makes one of its own, of the protocol that it was given. */
    private Object pooled(Object[] call) {
        Logins.Login login = logins.isUnderWay() || call[1] == null ? null : logins.before(call[1]);
        if (login != null) {
            login.handedTo((Connection) call[0]);
        }
        return null;
    }
}
