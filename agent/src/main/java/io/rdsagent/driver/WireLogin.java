package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import java.io.IOException;
import java.net.Socket;
import java.sql.SQLException;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One login in a server's own protocol, without a driver: for a diagnosis that has none at hand, and that wants to see what
 * a driver doesn't tell, such as how the server asks for the password.
 */
public interface WireLogin {

    /**
     * Asks for TLS on a connection that is fresh, and does the handshake.
     *
     * @throws IOException when the server is none of this kind, speaks no TLS, or isn't trusted
     */
    SSLSocket secure(Socket plain, SSLSocketFactory tls, HostPort name) throws IOException;

    /**
     * How the server wants this user to log in; only where that is in clear text, within TLS, a token is of use.
     *
     * @return null for clear text; else the server's word for it, which means that the user is none of IAM
     * @throws SQLException what the server says in place of it
     */
    String asks(String user, String database) throws IOException, SQLException;

    /** @throws SQLException with the server's SQLState and words, when it refuses */
    void password(String password) throws IOException, SQLException;

    /** @return each row's texts; null for NULL */
    List<List<String>> query(String sql) throws IOException, SQLException;
}
