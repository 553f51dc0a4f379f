package io.rdsagent.connect;

import io.rdsagent.driver.Dialect;
import io.rdsagent.lease.Line;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;

/** The connection of a driver, and the socket below it. */
final class DriversLine implements Line {

    private final Dialect dialect;
    private final WeakReference<Socket> socket;

    /** @param socket the one below TLS; null where the driver has made it by itself */
    DriversLine(Dialect dialect, Socket socket) {
        this.dialect = dialect;
        this.socket = new WeakReference<>(socket);
    }

    @Override
    public boolean isClosed(Connection physical) throws SQLException {
        return dialect.isClosed(physical);
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

    @Override
    public Socket socket() {
        return socket.get();
    }

    /** Not the driver's way to close: that may take a lock which the thread that waits holds, or dial the server again. */
    @Override
    public boolean cut() {
        Socket open = socket.get();
        if (open == null) {
            return false;
        }
        try {
            open.close();
        } catch (IOException alreadyClosed) {
            // As it should be.
        }
        return true;
    }
}
