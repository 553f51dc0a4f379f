package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/** What a driver's inner hooks ask of the connect that is under way. */
public interface Logins {

    /** The one under way on this thread, or on the thread that started this one; null when it is none of ours. */
    Login current();

    /**
     * A login to a host that the driver has chosen by itself: within a connect whose wish was {@link Wish#balancedBy},
     * or long after it, when the driver goes to another host. To be asked where {@link #current} is null and the driver's
     * objects are those of no login that is known; needs none of the driver's state.
     *
     * @param host as the driver dials it
     * @param password that the driver would send; null when there is none
     * @param ownTrust whether the application says itself which certificates it trusts
     * @return null where the host is none of ours, or the application's own password is meant: the driver goes on
     * @throws SQLException when its certificate can't be verified by what is configured
     */
    Login to(HostPort host, String password, boolean ownTrust) throws SQLException;

    /** What is to be verified at least of a host for which {@link #to} has given a login. */
    TlsMode least(HostPort host);

    /** One physical connection in the making. */
    interface Login {

        /** Makes the sockets in place of the driver's own factory: where they go is the login's to say. */
        SocketFactory sockets(SocketFactory drivers);

        /** What TLS is done with; null to leave it to the driver, as the application asked. */
        SSLSocketFactory tls();

        /**
         * The password of this one login.
         *
         * @param user as the driver sends it
         * @param socket that the password would leave by
         * @return null where the application's own is to be used
         * @throws SQLException when there is none to be had, or the socket is not one that a token may leave by
         */
        String password(String user, Socket socket) throws SQLException;

        /**
         * The same for a driver that asks before it has a socket. It has been told to do nothing without TLS, and its
         * handshake is made by {@link #tls}.
         */
        String password(String user) throws SQLException;

        /**
         * Whether only the server's certificate tells which name to sign for, so that the password can't be asked for
         * before the handshake.
         */
        boolean waitsForCertificate();

        /**
         * The driver has given the same {@code Connection} a new session (autoReconnect, transactionReplay,
         * COM_CHANGE_USER), with a {@link #password} asked for anew: its lease begins anew.
         */
        void renewed();

        /** The driver's own pool has put this object in the place of the {@code Connection} that was made. */
        void handedTo(Connection other);

        /** What the token is signed for and the certificate has to name. */
        HostPort signingName();

        /** Whether this is the name that the driver was given: the signing name, or the first of several. */
        boolean isNamed(String host);

        /** What to dial in place of the signing name; null where that is dialled itself. */
        HostPort elsewhere();
    }
}
