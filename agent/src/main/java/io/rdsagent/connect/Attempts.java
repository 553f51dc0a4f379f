package io.rdsagent.connect;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which attempt a thread is in. The driver calls back into our hooks from within its connect: on the same thread, or,
 * with pgjdbc's {@code loginTimeout}, on one that it starts for the purpose. So a thread inherits the number of the
 * attempt that was under way when it was made; the number of one that is over means nothing, and is of a JDK type, so
 * that a thread which lives on keeps nothing of ours alive.
 */
final class Attempts {

    private final Map<Long, Attempt> underWay = new ConcurrentHashMap<>();
    private final Map<Long, Sessions> choosing = new ConcurrentHashMap<>();
    private final InheritableThreadLocal<Long> number = new InheritableThreadLocal<>();
    private final AtomicLong numbers = new AtomicLong();

    /** Null also where the driver chooses the host. */
    Attempt current() {
        Long mine = number.get();
        return mine == null ? null : underWay.get(mine);
    }

    /** Those of the connect under way where the driver chooses the host; null outside of one. */
    Sessions sessions() {
        Long mine = number.get();
        return mine == null ? null : choosing.get(mine);
    }

    <T, E extends Exception> T during(Attempt attempt, Step<T, E> step) throws E {
        return during(underWay, attempt, step);
    }

    <T, E extends Exception> T during(Sessions sessions, Step<T, E> step) throws E {
        return during(choosing, sessions, step);
    }

    private <V, T, E extends Exception> T during(Map<Long, V> numbered, V what, Step<T, E> step) throws E {
        Long mine = numbers.incrementAndGet();
        Long before = number.get();
        numbered.put(mine, what);
        number.set(mine);
        try {
            return step.run();
        } finally {
            restore(before);
            numbered.remove(mine);
        }
    }

    private void restore(Long before) {
        if (before == null) {
            number.remove();
        } else {
            number.set(before);
        }
    }

    interface Step<T, E extends Exception> {
        T run() throws E;
    }
}
