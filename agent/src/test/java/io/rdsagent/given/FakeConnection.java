package io.rdsagent.given;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;

/** A connection that can be open, closed, aborted or unusable, and does no more. */
public final class FakeConnection {

    public volatile boolean closed;
    public volatile boolean aborted;
    /** Thrown by all it is asked, when there is one. */
    public volatile Throwable unusable;
    /** Run as it is being closed. */
    public volatile Runnable closing = () -> {};

    public Connection physical() {
        return (Connection)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, this::call);
    }

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (unusable != null) {
            throw unusable;
        }
        return switch (method.getName()) {
            case "isClosed" -> closed;
            case "close" -> close();
            case "abort" -> abort((Executor) arguments[0]);
            case "isValid" -> !closed;
            // As some pools' wrappers do: what equals says is not identity.
            case "equals" -> Proxy.isProxyClass(arguments[0].getClass());
            case "hashCode" -> 1;
            case "toString" -> "a connection";
            default -> throw new SQLException("not in this test: " + method);
        };
    }

    private Object close() {
        closing.run();
        closed = true;
        return null;
    }

    private Object abort(Executor cutter) {
        cutter.execute(() -> aborted = true);
        return close();
    }
}
