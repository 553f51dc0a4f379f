package io.rdsagent.driver;

import java.lang.reflect.Field;
import java.net.Socket;
import java.sql.Connection;
import java.sql.SQLException;

/** A server's answer that a driver makes an exception of, and whose connection it came by. */
public final class ServerError {

    private static final String READ_ONLY_TRANSACTION = "25006";

    private final String state;
    private final String message;
    private final Object session;

    private ServerError(String state, String message, Object session) {
        this.state = state;
        this.message = message;
        this.session = session;
    }

    /**
     * Where a driver reads the answer: its session, and the exception that pgjdbc has made of it, or the state and text that
     * Connector/J makes one of.
     */
    public static ServerError read(Object[] call) {
        Object last = call[call.length - 1];
        if (last instanceof SQLException) {
            SQLException made = (SQLException) last;
            return new ServerError(made.getSQLState(), made.getMessage(), call[0]);
        }
        return new ServerError((String) call[call.length - 2], String.valueOf(last), call[0]);
    }

    /** Where MariaDB's driver makes an exception: its factory, message, state, and further on the connection. */
    public static ServerError made(Object[] call) {
        Object session = call[0];
        for (Object argument : call) {
            session = argument instanceof Connection ? argument : session;
        }
        return new ServerError((String) call[2], (String) call[1], session);
    }

    public String state() {
        return state;
    }

    /**
     * Whether it refuses a write because it takes none: 25006, which MySQL's 1792 has too; 1290 and 1836 are HY000, and
     * 1290 says so of other options as well.
     */
    public boolean isReadOnly() {
        return READ_ONLY_TRANSACTION.equals(state)
                || ("HY000".equals(state) && message != null && message.contains("read-only"));
    }

    /** The driver's connection, where it says it; else null. */
    public Connection connection() {
        Object found = session instanceof Connection ? session : field("connection");
        return found instanceof Connection ? (Connection) found : null;
    }

    /** The socket that the answer came by; null when that can't be told. */
    public Socket socket() {
        try {
            Object stream = field("pgStream");
            Object found =
                    stream != null ? stream.getClass().getMethod("getSocket").invoke(stream) : field("mysqlConnection");
            if (found == null) {
                Object connected =
                        session.getClass().getMethod("getSocketConnection").invoke(session);
                found = connected.getClass().getMethod("getMysqlSocket").invoke(connected);
            }
            return found instanceof Socket ? (Socket) found : null;
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            return null;
        }
    }

    private Object field(String name) {
        for (Class<?> type = session == null ? null : session.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field field = type.getDeclaredField(name);
                field.setAccessible(true);
                return field.get(session);
            } catch (ReflectiveOperationException | RuntimeException notThere) {
                // The next class up may have it.
            }
        }
        return null;
    }
}
