package io.rdsagent.connect;

import io.rdsagent.config.HostPort;
import io.rdsagent.driver.Logins;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenException;
import java.io.IOException;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** One try of one endpoint: what the driver's hooks ask of it, and what was seen. */
final class Attempt implements Logins.Login {

    private final Endpoint endpoint;
    private final SSLSocketFactory tls;
    private final Way way = new Way();
    private final Passwords passwords;
    private final long givenMillis;
    private final SigningNames names;
    private volatile HostPort signingName;
    private volatile String user;
    private volatile Socket socket;
    private volatile Token token;
    private volatile TokenException withoutToken;
    private volatile boolean plainText;
    private volatile String stranger;
    private volatile boolean asked;
    private volatile boolean madeSockets;
    private volatile boolean madeTls;
    private volatile boolean expired;
    private volatile String whyGivenUp;
    private volatile Session session;

    /** What a new session of the same connection begins with. */
    interface Session {
        /** @param token that it logged in with; null when that was the application's own password */
        void begin(Token token);

        /** @param other what stands for it from now on */
        default void handedTo(Connection other) {}
    }

    /** Where the token comes from. */
    interface Passwords {
        Token token(HostPort signingName, String user) throws TokenException;
    }

    /**
     * @param user as far as it is known before the driver says it; null where the driver will choose
     * @param givenMillis how long it may take
     * @param tls null to leave it to the driver
     * @param passwords null where the application's own is used
     */
    Attempt(Endpoint endpoint, String user, long givenMillis, SSLSocketFactory tls, Passwords passwords) {
        this(endpoint, user, givenMillis, tls, passwords, null);
    }

    /** @param names null where the name to sign for is known without the certificate */
    Attempt(
            Endpoint endpoint,
            String user,
            long givenMillis,
            SSLSocketFactory tls,
            Passwords passwords,
            SigningNames names) {
        this.names = names;
        this.signingName = endpoint.signingName();
        this.endpoint = endpoint;
        this.user = user;
        this.givenMillis = givenMillis;
        this.tls = tls == null ? null : new SeenTls(tls, way);
        this.passwords = passwords;
    }

    @Override
    public SocketFactory sockets(SocketFactory drivers) {
        madeSockets = true;
        return new DialledSockets(drivers, elsewhere(), this::dialled);
    }

    private void dialled(Socket made) throws IOException {
        socket = made;
        if (expired) {
            made.close();
        }
    }

    @Override
    public SSLSocketFactory tls() {
        madeTls = tls != null;
        return tls;
    }

    @Override
    public String password(String driversUser, Socket secured) throws SQLException {
        way.connected(secured);
        way.secured(secured);
        SSLSocket encrypted = secured instanceof SSLSocket ? (SSLSocket) secured : null;
        if (encrypted == null && names != null) {
            throw refusePlainText();
        }
        Token signed = sign(driversUser, encrypted);
        if (signed != null && encrypted == null) {
            throw refusePlainText();
        }
        return text(signed);
    }

    SQLException refusePlainText() {
        plainText = true;
        return new SQLException("the connection is not encrypted, so no token was sent", "08001");
    }

    @Override
    public String password(String driversUser) throws SQLException {
        return text(sign(driversUser, null));
    }

    @Override
    public boolean waitsForCertificate() {
        return names != null;
    }

    /** Null where the application's own password is used. */
    private Token sign(String driversUser, SSLSocket secured) throws SQLException {
        user = driversUser;
        asked = true;
        if (expired) {
            throw new SQLException("the time for the login is up", "08001");
        }
        if (names != null) {
            identify(secured);
        }
        try {
            return passwords == null ? null : passwords.token(signingName, driversUser);
        } catch (TokenException none) {
            withoutToken = none;
            throw new SQLException(none.getMessage(), "28000", none);
        }
    }

    private void identify(SSLSocket secured) throws SQLException {
        try {
            signingName = names.answering(secured);
        } catch (SQLException none) {
            stranger = none.getMessage();
            throw none;
        }
    }

    private String text(Token signed) {
        token = signed;
        return signed == null ? null : signed.text();
    }

    @Override
    public void renewed() {
        Session renewable = session;
        if (renewable != null) {
            renewable.begin(token);
            forgetToken();
        }
    }

    @Override
    public void handedTo(Connection other) {
        Session own = session;
        if (own != null) {
            own.handedTo(other);
        }
    }

    @Override
    public HostPort signingName() {
        return signingName;
    }

    @Override
    public boolean isNamed(String host) {
        return signingName.host().equalsIgnoreCase(host)
                || endpoint.signingName().host().equalsIgnoreCase(host);
    }

    @Override
    public HostPort elsewhere() {
        return endpoint.address().equals(signingName) ? null : endpoint.address();
    }

    Endpoint endpoint() {
        return endpoint;
    }

    Way way() {
        return way;
    }

    /** Null where the driver has made it by itself. */
    Socket socket() {
        return socket;
    }

    /** As the driver sends it; before it has, as the URL or the configuration says it; null if neither does. */
    String user() {
        return user;
    }

    long givenMillis() {
        return givenMillis;
    }

    boolean isIam() {
        return passwords != null;
    }

    /** The one that was sent last; null when none was. */
    Token token() {
        return token;
    }

    /** Null unless that was the trouble. */
    TokenException withoutToken() {
        return withoutToken;
    }

    boolean wasPlainText() {
        return plainText;
    }

    /** Why it is none of the names; null unless that was the trouble. */
    String stranger() {
        return stranger;
    }

    /** Whether a driver's hook has asked for the password, or it was given without. */
    boolean wasAsked() {
        return asked;
    }

    boolean hasMadeSockets() {
        return madeSockets;
    }

    boolean hasMadeTls() {
        return madeTls;
    }

    boolean hasExpired() {
        return expired;
    }

    /** Null unless it was, before its time was up. */
    String whyGivenUp() {
        return whyGivenUp;
    }

    /** The connection is made; whatever its driver does with it from now on, it has a lease. */
    void succeeded(Session renewable) {
        session = renewable;
        forgetToken();
    }

    /**
     * The driver keeps its socket factory, and so this attempt, for as long as the connection lives. The token is for one
     * login.
     */
    private void forgetToken() {
        token = null;
    }

    void giveUp(String why) {
        whyGivenUp = why;
        expire();
    }

    /** The time is up: whatever the driver waits for, it waits no longer. */
    void expire() {
        expired = true;
        close();
    }

    void close() {
        Socket open = socket;
        if (open != null) {
            try {
                open.close();
            } catch (IOException alreadyClosed) {
                // As it should be.
            }
        }
    }
}
