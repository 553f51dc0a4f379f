package io.rdsagent.pool;

import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import io.rdsagent.lease.Lease;
import io.rdsagent.lease.Leases;
import io.rdsagent.lease.Opener;
import io.rdsagent.lease.WeakIdentityMap;
import io.rdsagent.weave.Found;
import io.rdsagent.weave.Hook;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Pools that no row names. A connection that no known pool has taken in shows by the stack of the thread that opened it which
 * class may be its pool: one whose {@code getConnection} it went through, or a data source beside the classes that opened it.
 */
public final class FoundPools implements PoolAdapter {

    /** More than any pool has dead ones in a row: after so many the application gets the pool's own answer. */
    private static final int TRIES = 100;

    /** A pool that closes what is too old by itself has done so by then. */
    private static final long PATIENCE_MILLIS = 10_000;

    private final Leases leases;
    private final Leased leased;
    private final Found found;
    private final Clock clock;
    private final Events events;
    private final Set<String> looked = ConcurrentHashMap.newKeySet();
    private final WeakIdentityMap<FoundPool> pools = new WeakIdentityMap<>();

    public FoundPools(Leases leases, Found found, Clock clock, Events events) {
        this.leases = leases;
        this.leased = new Leased(leases);
        this.found = found;
        this.clock = clock;
        this.events = events;
    }

    @Override
    public Map<String, Hook> hooks() {
        Map<String, Hook> hooks = new HashMap<>();
        hooks.put(Found.ENTER, this::enter);
        hooks.put(Found.LEAVE, this::leave);
        hooks.put(Found.TOO_OLD, call -> isPast(call[0]));
        return hooks;
    }

    private boolean isPast(Object entry) {
        Lease lease = leased.of(entry);
        return lease != null && lease.isPast(clock.millis());
    }

    /** Looks for the pools of connections that no known pool has taken in; not on a thread of the application's. */
    public void look() {
        long now = clock.millis();
        Map<String, Integer> overdue = new HashMap<>();
        for (Lease lease : leases.all()) {
            Opener opener = lease.opener();
            if (lease.holder() == null && opener != null) {
                look(opener);
                if (lease.isPast(now) && now - lease.pastSince() > PATIENCE_MILLIS) {
                    overdue.merge(
                            lease.database() + ": of the connections that " + opener + " opened", 1, Integer::sum);
                }
            }
        }
        overdue.forEach(this::sayOverdue);
    }

    private void sayOverdue(String whose, int count) {
        if (looked.add(whose)) {
            events.notice(
                    Notice.info(
                            whose + ", " + count + " are past their time and stay open, since the agent"
                                    + " closes only what it can see lie idle in a pool. If they are in a pool, set its own maximum age"
                                    + " below `lifetime`, or name its check of age in `pool.too-old`; if each is used by one piece of"
                                    + " code all the time, there is nothing to do: RDS does not end a session when its token expires."));
        }
    }

    private void look(Opener opener) {
        if (!looked.add(opener.classes().toString())) {
            return;
        }
        List<Class<?>> lenders = found.loaded(opener.lenders().toArray(new String[0]));
        if (lenders.isEmpty()) {
            lenders = beside(opener);
        }
        for (Class<?> lender : lenders) {
            if (looked.add(lender.getName() + '@' + System.identityHashCode(lender))) {
                found.guard(lender);
            }
        }
    }

    /** The data sources of the packages that opened it: a pool may fill itself on a thread of its own. */
    private List<Class<?>> beside(Opener opener) {
        List<Class<?>> beside = new ArrayList<>();
        for (Class<?> opening : found.loaded(opener.classes().toArray(new String[0]))) {
            String home = opening.getName().substring(0, opening.getName().lastIndexOf('.') + 1);
            for (Class<?> loaded : found.loadedBeside(opening)) {
                if (loaded.getName().startsWith(home) && DataSource.class.isAssignableFrom(loaded)) {
                    beside.add(loaded);
                }
            }
        }
        return beside;
    }

    private Object enter(Object[] call) {
        long now = clock.millis();
        FoundPool pool = isAnyFree(now) ? of(call[0]) : null;
        if (pool != null) {
            pool.enter(call[0], now);
        }
        return null;
    }

    /** Whether anything is overdue that no known pool holds: all else is not for this one. */
    private boolean isAnyFree(long now) {
        for (Lease lease : leases.all()) {
            if (lease.holder() == null && lease.isPast(now)) {
                return true;
            }
        }
        return false;
    }

    /** Receiver, what is about to be handed out, the first two arguments. */
    private Object leave(Object[] call) throws Exception {
        FoundPool pool = of(call[0]);
        Object handle = call[1];
        for (int i = 0; pool != null && i < TRIES; i++) {
            Lease lease = leased.of(handle);
            if (isHeldElsewhere(lease) || pool.leave(call[0], (Connection) handle, lease)) {
                return handle == call[1] ? null : handle;
            }
            handle = again(call);
        }
        return handle;
    }

    private static boolean isHeldElsewhere(Lease lease) {
        return lease != null && lease.holder() != null;
    }

    private FoundPool of(Object receiver) {
        Class<?> type = receiver == null ? staticLender() : receiver.getClass();
        Object owner = receiver == null ? type : receiver;
        if (owner == null) {
            return null;
        }
        FoundPool pool = pools.get(owner);
        return pool == null ? added(owner, type) : pool;
    }

    private synchronized FoundPool added(Object owner, Class<?> type) {
        FoundPool raced = pools.get(owner);
        if (raced != null) {
            return raced;
        }
        FoundPool pool = new FoundPool(type, leased, events);
        pools.put(owner, pool);
        return pool;
    }

    /** The class whose static method has called the bridge. */
    private Class<?> staticLender() {
        for (StackTraceElement element : new Throwable().getStackTrace()) {
            String type = element.getClassName();
            if (element.getMethodName().equals("getConnection") && !type.startsWith("io.rdsagent.")) {
                return found.guarded(type);
            }
        }
        return null;
    }

    private Object again(Object[] call) throws Exception {
        Object receiver = call[0];
        Class<?> type = receiver == null ? staticLender() : receiver.getClass();
        int count = call[3] != null ? 2 : call[2] != null ? 1 : 0;
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            for (Method method : at.getDeclaredMethods()) {
                if (method.getName().equals("getConnection")
                        && method.getParameterCount() == count
                        && Connection.class.isAssignableFrom(method.getReturnType())) {
                    return invoke(method, receiver, Arrays.copyOfRange(call, 2, 2 + count));
                }
            }
        }
        throw new SQLException("the pool's getConnection is not to be found", "08003");
    }

    private static Object invoke(Method method, Object receiver, Object[] arguments) throws Exception {
        method.setAccessible(true);
        try {
            return method.invoke(receiver, arguments);
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof Exception) {
                throw (Exception) failure.getCause();
            }
            throw failure;
        }
    }
}
