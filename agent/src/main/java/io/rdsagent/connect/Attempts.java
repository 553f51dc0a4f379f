package io.rdsagent.connect;

import io.rdsagent.endpoint.Database;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.Topology;
import io.rdsagent.endpoint.TopologyListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which attempt a thread is in. The driver calls back into our hooks from within its connect: on the same thread, or,
 * with pgjdbc's {@code loginTimeout}, on one that it starts for the purpose. So a thread inherits the number of the
 * attempt that was under way when it was made; the number of one that is over means nothing, and is of a JDK type, so
 * that a thread which lives on keeps nothing of ours alive.
 */
public final class Attempts implements TopologyListener {

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

    /** Nobody waits any longer for a login to an endpoint that is dead. */
    public void giveUp(Endpoint dead) {
        for (Attempt attempt : underWay.values()) {
            if (attempt.endpoint() == dead) {
                attempt.giveUp("it has not answered any probe meanwhile either");
            }
        }
    }

    /** Nor for one to an endpoint that is silent and has been replaced: the one in its place is tried. */
    @Override
    public void changed(Database database, Topology before) {
        Topology now = database.topology();
        for (Attempt attempt : underWay.values()) {
            Endpoint endpoint = attempt.endpoint();
            if (!endpoint.isHealthy()
                    && before.serving().contains(endpoint)
                    && !now.serving().contains(endpoint)) {
                attempt.giveUp("others have taken its place meanwhile");
            }
        }
    }

    @Override
    public void seen(Database database) {
        // Nothing has changed.
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
