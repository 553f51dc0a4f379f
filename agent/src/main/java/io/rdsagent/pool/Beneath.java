package io.rdsagent.pool;

import io.rdsagent.lease.Leases;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import javax.sql.PooledConnection;

/**
 * The physical connection inside what doesn't hand it out: a {@link PooledConnection} gives handles alone, and to ask for
 * one takes back the one that is out. It is the one field of it whose value is one of ours.
 */
final class Beneath {

    /** Objects looked into; a driver has it in the first or second. */
    private static final int MOST = 12;

    /** @return null when there is none of ours */
    static Connection find(Leases leases, Object outermost) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> next = new ArrayDeque<>();
        next.add(outermost);
        while (!next.isEmpty() && seen.size() < MOST) {
            Object object = next.remove();
            if (object instanceof Connection && leases.of((Connection) object) != null) {
                return (Connection) object;
            }
            if (seen.add(object)) {
                addFields(object, next);
            }
        }
        return null;
    }

    private static void addFields(Object object, Deque<Object> next) {
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!Modifier.isStatic(field.getModifiers())
                        && !field.getType().isPrimitive()
                        && !field.getType().isArray()) {
                    addConnection(object, field, next);
                }
            }
        }
    }

    private static void addConnection(Object object, Field field, Deque<Object> next) {
        try {
            field.setAccessible(true);
            Object value = field.get(object);
            if (value instanceof Connection || value instanceof PooledConnection) {
                next.add(value);
            }
        } catch (ReflectiveOperationException | RuntimeException notOpen) {
            // A field of a JDK class, which has nothing of a driver's.
        }
    }

    private Beneath() {}
}
