package io.rdsagent.observe.jfr;

import java.lang.reflect.Method;

/** One kind of record. */
final class RecordKind {

    private final Object factory;
    private final Method newEvent;
    private final Method shouldCommit;
    private final Method set;
    private final Method commit;

    RecordKind(Class<?> factoryType, Class<?> eventType, Object factory) throws ReflectiveOperationException {
        this.factory = factory;
        this.newEvent = factoryType.getMethod("newEvent");
        this.shouldCommit = eventType.getMethod("shouldCommit");
        this.set = eventType.getMethod("set", int.class, Object.class);
        this.commit = eventType.getMethod("commit");
    }

    /** @param values in the order of the fields; nothing happens unless a recording wants this kind */
    void record(Object... values) {
        try {
            Object event = newEvent.invoke(factory);
            if (!(Boolean) shouldCommit.invoke(event)) {
                return;
            }
            for (int i = 0; i < values.length; i++) {
                set.invoke(event, i, values[i]);
            }
            commit.invoke(event);
        } catch (ReflectiveOperationException unusable) {
            throw new IllegalStateException(unusable);
        }
    }
}
