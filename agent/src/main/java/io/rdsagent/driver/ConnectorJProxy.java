package io.rdsagent.driver;

import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** The connection that Connector/J gives out where it balances by itself: {@code MultiHostConnectionProxy}. */
final class ConnectorJProxy {

    /**
     * Of such a connection it is read where the driver keeps it: its own answer waits for the lock that a running
     * statement holds. Without the field it is taken for open, until it is collected.
     */
    static boolean isClosed(Connection connection) throws SQLException {
        return Proxy.isProxyClass(connection.getClass()) ? isProxyClosed(connection) : connection.isClosed();
    }

    private static boolean isProxyClosed(Connection connection) {
        Object proxy = Proxy.getInvocationHandler(connection);
        Class<?> type = proxy.getClass();
        while (type != null && !type.getSimpleName().equals("MultiHostConnectionProxy")) {
            type = type.getSuperclass();
        }
        try {
            Field closed = type == null ? null : type.getDeclaredField("isClosed");
            if (closed == null) {
                return false;
            }
            closed.setAccessible(true);
            return closed.getBoolean(proxy);
        } catch (ReflectiveOperationException | RuntimeException otherVersion) {
            return false;
        }
    }

    private ConnectorJProxy() {}
}
