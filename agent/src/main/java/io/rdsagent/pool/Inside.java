package io.rdsagent.pool;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

/**
 * A pool's own object, asked and told by the names of its parts. They are looked up each time, since a Method kept here
 * would keep the application's class loader.
 */
final class Inside {

    /** @throws ReflectiveOperationException when this version of the pool has no such field */
    static Object field(Object of, String name) throws ReflectiveOperationException {
        return find(of, name).get(of);
    }

    /** @throws ReflectiveOperationException when this version of the pool has no such field */
    static void set(Object of, String name, Object value) throws ReflectiveOperationException {
        find(of, name).set(of, value);
    }

    private static Field find(Object of, String name) throws ReflectiveOperationException {
        for (Class<?> type = of.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    field.setAccessible(true);
                    return field;
                }
            }
        }
        throw new NoSuchFieldException(of.getClass().getName() + "." + name);
    }

    /**
     * Calls the method of this name that takes these arguments.
     *
     * @throws ReflectiveOperationException when this version of the pool has none, or with what it threw as its cause
     */
    static Object call(Object on, String name, Object... arguments) throws ReflectiveOperationException {
        for (Class<?> type = on.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals(name) && takes(method.getParameterTypes(), arguments)) {
                    method.setAccessible(true);
                    return method.invoke(on, arguments);
                }
            }
        }
        throw new NoSuchMethodException(on.getClass().getName() + "." + name);
    }

    /** @throws ReflectiveOperationException when this version of the pool has no such constant */
    static Object constant(Class<?> type, String name) throws ReflectiveOperationException {
        Field constant = type.getDeclaredField(name);
        constant.setAccessible(true);
        return constant.get(null);
    }

    private static boolean takes(Class<?>[] parameters, Object[] arguments) {
        if (parameters.length != arguments.length) {
            return false;
        }
        for (int i = 0; i < parameters.length; i++) {
            if (arguments[i] != null && !parameters[i].isPrimitive() && !parameters[i].isInstance(arguments[i])) {
                return false;
            }
        }
        return true;
    }

    private Inside() {}
}
