package io.rdsagent.pool;

import java.lang.reflect.Constructor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The idle connections of one {@code ManagedConnectionPool} of IronJacamar, of which there are two kinds. */
abstract class IronJacamarBag {

    final Object pool;

    IronJacamarBag(Object pool) {
        this.pool = pool;
    }

    static IronJacamarBag of(Object pool) throws ReflectiveOperationException {
        Object connections = Inside.field(pool, "cls");
        return connections instanceof Map ? new Deque(pool) : new Listed(pool);
    }

    /** The pool's {@code ConnectionListener}s that nobody has borrowed at this moment. */
    abstract List<Object> idle() throws ReflectiveOperationException;

    /** @return false when somebody has borrowed it; else it is the caller's to destroy */
    abstract boolean take(Object listener) throws ReflectiveOperationException;

    /** To be borrowed by the next. */
    abstract void add(Object listener) throws ReflectiveOperationException;

    /** {@code SemaphoreConcurrentLinkedDequeManagedConnectionPool}: a map of all, a queue of the idle ones. */
    private static final class Deque extends IronJacamarBag {

        Deque(Object pool) {
            super(pool);
        }

        @Override
        List<Object> idle() throws ReflectiveOperationException {
            List<Object> idle = new ArrayList<>();
            for (Object wrapper : queue()) {
                idle.add(Inside.call(wrapper, "getConnectionListener"));
            }
            return idle;
        }

        @Override
        boolean take(Object listener) throws ReflectiveOperationException {
            Object wrapper = all().get(listener);
            boolean mine = wrapper != null && queue().remove(wrapper);
            if (mine) {
                Inside.call(pool, "removeConnectionListenerFromPool", wrapper);
            }
            return mine;
        }

        @Override
        void add(Object listener) throws ReflectiveOperationException {
            Object wrapper = wrapper(listener);
            all().put(listener, wrapper);
            Inside.call(queue(), "addLast", wrapper);
        }

        private Object wrapper(Object listener) throws ReflectiveOperationException {
            Class<?> type = pool.getClass();
            for (Constructor<?> constructor : Class.forName(
                            type.getName() + "$ConnectionListenerWrapper", true, type.getClassLoader())
                    .getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1) {
                    constructor.setAccessible(true);
                    return constructor.newInstance(listener);
                }
            }
            throw new NoSuchMethodException(type.getName() + "$ConnectionListenerWrapper");
        }

        @SuppressWarnings("unchecked")
        private java.util.Deque<Object> queue() throws ReflectiveOperationException {
            return (java.util.Deque<Object>) Inside.field(pool, "clq");
        }

        @SuppressWarnings("unchecked")
        private Map<Object, Object> all() throws ReflectiveOperationException {
            return (Map<Object, Object>) Inside.field(pool, "cls");
        }
    }

    /** {@code SemaphoreArrayListManagedConnectionPool}: a list of the idle ones, which is its lock, too. */
    private static final class Listed extends IronJacamarBag {

        Listed(Object pool) {
            super(pool);
        }

        @Override
        List<Object> idle() throws ReflectiveOperationException {
            Collection<Object> list = list();
            synchronized (list) {
                return new ArrayList<>(list);
            }
        }

        @Override
        boolean take(Object listener) throws ReflectiveOperationException {
            Collection<Object> list = list();
            synchronized (list) {
                return list.remove(listener);
            }
        }

        @Override
        void add(Object listener) throws ReflectiveOperationException {
            Collection<Object> list = list();
            synchronized (list) {
                list.add(listener);
            }
        }

        @SuppressWarnings("unchecked")
        private Collection<Object> list() throws ReflectiveOperationException {
            return (Collection<Object>) Inside.field(pool, "cls");
        }
    }
}
