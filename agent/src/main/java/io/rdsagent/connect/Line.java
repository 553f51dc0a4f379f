package io.rdsagent.connect;

import io.rdsagent.driver.Dialect;
import io.rdsagent.lease.Lease;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;

/** What can be told of an open connection without a word to its server. */
final class Line implements Lease.Closed {

    private final Dialect dialect;
    private final WeakReference<Socket> socket;

    /** @param socket the one below TLS; null where the driver has made it by itself */
    Line(Dialect dialect, Socket socket) {
        this.dialect = dialect;
        this.socket = new WeakReference<>(socket);
    }

    @Override
    public boolean isClosed(Connection physical) throws SQLException {
        return dialect.isClosed(physical);
    }

    @Override
    public Socket socket() {
        return socket.get();
    }

    @Override
    public InetAddress peer() {
        Socket open = socket.get();
        return open == null ? null : open.getInetAddress();
    }

    @Override
    public int localPort() {
        Socket open = socket.get();
        return open == null ? 0 : Math.max(0, open.getLocalPort());
    }

    /** A server that ends a session says so before it closes it; to one that nobody uses it says nothing else. */
    @Override
    public boolean hasNews() {
        Socket open = socket.get();
        try {
            return open != null && open.getInputStream().available() > 0;
        } catch (IOException gone) {
            return true;
        }
    }
}
