package io.rdsagent.lease;

import java.lang.reflect.Field;
import java.sql.Connection;
import java.util.function.Predicate;

/** Finds the physical connection that a pool's own object stands for. */
final class Within {

    /** A pool's entry has a handle, which has the connection. */
    private static final int DEPTH = 2;

    /** Null when none can be seen. */
    static Connection find(Object object, Predicate<Connection> wanted) {
        Connection found = null;
        for (int depth = 0; found == null && depth <= DEPTH; depth++) {
            found = find(object, wanted, depth);
        }
        return found;
    }

    private static Connection find(Object object, Predicate<Connection> wanted, int depth) {
        if (object instanceof Connection && wanted.test((Connection) object)) {
            return (Connection) object;
        }
        if (object == null || depth == 0 || object.getClass().getName().startsWith("java.")) {
            return null;
        }
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                Connection found = field.getType().isPrimitive() ? null : find(value(field, object), wanted, depth - 1);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Null also where a module keeps it to itself. */
    private static Object value(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException | RuntimeException closed) {
            return null;
        }
    }

    private Within() {}
}
