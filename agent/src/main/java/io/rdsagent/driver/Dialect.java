package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.endpoint.Probe;
import io.rdsagent.weave.Hook;
import java.io.File;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;

/** How one family of drivers says it. To support another is one such class, its rows, and a line in {@link Dialects}. */
public interface Dialect {

    /** Whether this driver is of the family, and takes this URL: no more than a look at its beginning. */
    boolean speaks(Driver driver, String url);

    /**
     * What the application asks of the driver, as the driver itself understands it.
     *
     * @return {@link Wish#whyLeftAlone left alone} when that can't be told: a unix socket, a service that is not there
     */
    Wish read(Driver driver, String url, Properties info) throws SQLException;

    /**
     * The same wish for one endpoint: the URL names the host that the token is signed for and nothing of the login;
     * the properties, always a copy, hold the rest.
     *
     * @param tls null where no token is sent: login and TLS stay the application's own
     */
    Call call(Wish wish, HostPort signingName, String user, TlsMode tls);

    /**
     * The settings by which the driver itself trusts the certificates in a PEM file and no others, where the agent's own
     * TLS has no place in it; empty for a driver that takes no such file.
     */
    default Map<String, String> trusting(File pem) {
        return Collections.emptyMap();
    }

    /**
     * Where the driver chooses the host of each session by itself: its URL as it is, and properties that hold the user and
     * the TLS of a login with a token. What the URL says over that, the family's hooks have to mend at each login.
     *
     * @param info the application's own, not to be changed
     * @param user null where the application's is kept
     */
    default Call callBalancedBy(String url, Properties info, String user, TlsMode tls) {
        return new Call(url, info);
    }

    /** Asked every second, also while the application uses the connection: without waiting for a lock of the driver's. */
    default boolean isClosed(Connection connection) throws SQLException {
        return connection.isClosed();
    }

    /** Whether the server has refused the token, so that another may do. */
    boolean isTokenRefused(SQLException failure);

    /** What makes a database user one of IAM, as an order for a person: GRANT …. */
    String grant(String user);

    /** Whether another endpoint may answer what this one could not. */
    boolean isForAnotherEndpoint(SQLException failure);

    /** The ways in that name no URL, by the hooks that the family's rows name. */
    default Map<String, Entry> entries() {
        return Collections.emptyMap();
    }

    /** The hooks that the family's rows in the table of targets name. */
    Map<String, Hook> hooks(Logins logins);

    Probe.Handshake handshake();

    /** How a server of the family is asked for the instances of its cluster. */
    TopologyQuery topology();
}
