package io.rdsagent.pool;

import io.rdsagent.lease.Lease;
import io.rdsagent.lease.Leases;
import java.lang.reflect.Field;
import java.sql.Connection;

/** Finds the connection of ours that a pool's own object stands for. */
final class Leased {

    /** A pool's entry has a handle, which has the connection. */
    private static final int DEPTH = 2;

    private final Leases leases;

    Leased(Leases leases) {
        this.leases = leases;
    }

    /** Null when it stands for none. */
    Lease of(Object object) {
        return of(object, DEPTH);
    }

    private Lease of(Object object, int depth) {
        if (object instanceof Connection) {
            Lease lease = leases.of((Connection) object);
            lease = lease == null ? leases.beneath((Connection) object) : lease;
            if (lease != null) {
                return lease;
            }
        }
        return object == null || depth == 0 || object.getClass().getName().startsWith("java.")
                ? null
                : inFields(object, depth);
    }

    private Lease inFields(Object object, int depth) {
        for (Class<?> type = object.getClass(); type != null && type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive()) {
                    Lease lease = inField(field, object, depth);
                    if (lease != null) {
                        return lease;
                    }
                }
            }
        }
        return null;
    }

    private Lease inField(Field field, Object object, int depth) {
        try {
            field.setAccessible(true);
            Object value = field.get(object);
            return value instanceof Connection || depth > 1 ? of(value, depth - 1) : null;
        } catch (ReflectiveOperationException | RuntimeException notForUs) {
            return null;
        }
    }
}
