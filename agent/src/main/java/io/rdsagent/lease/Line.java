package io.rdsagent.lease;

import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;

/** What can be asked of a driver's connection without waiting for anything. */
public interface Line {

    boolean isClosed(Connection physical) throws SQLException;

    /** Whether the server has sent something that nobody asked for: good-bye, most likely. */
    default boolean hasNews() {
        return false;
    }

    /**
     * Closes the socket beneath whatever waits on it.
     *
     * @return false if it is not known
     */
    default boolean cut() {
        return false;
    }

    /** The TCP connection; null if it is not known. */
    default Socket socket() {
        return null;
    }
}
