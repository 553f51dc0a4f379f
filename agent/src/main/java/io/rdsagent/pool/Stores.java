package io.rdsagent.pool;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The collections and arrays inside a pool that nobody knows, one of which may be where its idle connections lie. */
final class Stores {

    /** A data source has a pool, which has a list. */
    private static final int DEPTH = 3;

    private final Map<String, Object> byPath = new LinkedHashMap<>();
    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final String home;

    private Stores(Class<?> pool) {
        this.home = packageOf(pool);
    }

    /**
     * By the names of the fields that lead to them.
     *
     * @param pool null where its method is static, and so are the fields that are looked at
     */
    static Map<String, Object> of(Object pool, Class<?> type) {
        Stores stores = new Stores(type);
        stores.look(pool, type, "", DEPTH);
        return stores.byPath;
    }

    private void look(Object owner, Class<?> type, String path, int depth) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Field field : at.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && (owner != null || Modifier.isStatic(field.getModifiers()))) {
                    Object value = value(field, owner);
                    if (value != null && seen.add(value)) {
                        see(value, path + field.getName(), depth);
                    }
                }
            }
        }
    }

    private static Object value(Field field, Object owner) {
        try {
            field.setAccessible(true);
            return field.get(owner);
        } catch (ReflectiveOperationException | RuntimeException notForUs) {
            return null;
        }
    }

    private void see(Object value, String path, int depth) {
        if (value instanceof Collection || value instanceof Map || value instanceof Object[]) {
            byPath.put(path, value);
        } else if (depth > 1 && packageOf(value.getClass()).equals(home)) {
            look(value, value.getClass(), path + '.', depth - 1);
        }
    }

    private static String packageOf(Class<?> type) {
        return type.getName().substring(0, type.getName().lastIndexOf('.') + 1);
    }

    /** What lies in one of them now; nothing if another thread changes it meanwhile. */
    static List<Object> contents(Object store) {
        try {
            if (store instanceof Map) {
                return Arrays.asList(((Map<?, ?>) store).values().toArray());
            }
            return Arrays.asList(store instanceof Collection ? ((Collection<?>) store).toArray() : (Object[]) store);
        } catch (RuntimeException changes) {
            return Collections.emptyList();
        }
    }
}
