package io.rdsagent.lease;

import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import io.rdsagent.event.Reason;
import java.net.Socket;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Notices connections that a balancer or a server has closed while they lay in their pools (its idle timeout, {@code
 * on-marked-down shutdown-sessions}, a restart), and has them go before somebody borrows one. Only the kernel's own list
 * is asked; where there is none, as on other systems than Linux, the pool's own test is all there is.
 */
public final class Hangups {

    /** A long list is looked at less often; but on a busy machine a short one takes its time, too. */
    private static final int REST = 50;

    private static final long LONGEST_REST_MILLIS = 3_000;

    private static final long FOLD_MILLIS = 60_000;

    private final Leases leases;
    private final SocketTable table;
    private final Runnable hurry;
    private final Clock clock;
    private final Events events;
    private final Map<Endpoint, Long> told = new WeakHashMap<>();
    private long notBefore;

    /** @param hurry has what is past its time go at once */
    public Hangups(Leases leases, Runnable hurry, Clock clock, Events events) {
        this(leases, new SocketTable(), hurry, clock, events);
    }

    Hangups(Leases leases, SocketTable table, Runnable hurry, Clock clock, Events events) {
        this.leases = leases;
        this.table = table;
        this.hurry = hurry;
        this.clock = clock;
        this.events = events;
    }

    /** Not for the thread that keeps the time: a long list takes milliseconds. */
    public synchronized void look() {
        long began = clock.millis();
        Map<String, Lease> idle = began < notBefore ? new HashMap<>() : idle(began);
        if (idle.isEmpty()) {
            return;
        }
        Map<String, String> states = table.states(idle.keySet());
        if (states != null) {
            judge(idle, states, began);
        }
        long now = clock.millis();
        notBefore = now + Math.min(LONGEST_REST_MILLIS, REST * Math.max(0, now - began));
    }

    private Map<String, Lease> idle(long now) {
        Map<String, Lease> idle = new HashMap<>();
        for (Lease lease : leases.all()) {
            Holder holder = lease.holder();
            Socket socket = lease.socket();
            if (socket != null && lease.isPooled() && !lease.isPast(now) && holder.lastUse() != Holder.IN_USE) {
                String key = SocketTable.key(socket);
                if (key != null) {
                    idle.put(key, lease);
                }
            }
        }
        return idle;
    }

    private void judge(Map<String, Lease> idle, Map<String, String> states, long now) {
        Map<Endpoint, Integer> closed = new HashMap<>();
        long longest = 0;
        for (Map.Entry<String, Lease> each : idle.entrySet()) {
            Lease lease = each.getValue();
            if (lease.isHungUp(states.get(each.getKey()))) {
                lease.retire(Reason.HUNG_UP, now);
                closed.merge(lease.endpoint(), 1, Integer::sum);
                longest = Math.max(longest, lease.idleSeen(now));
            }
        }
        if (!closed.isEmpty()) {
            hurry.run();
            long idleMillis = longest;
            closed.forEach((endpoint, count) -> tell(endpoint, count, idleMillis, now));
        }
    }

    private void tell(Endpoint endpoint, int count, long idleMillis, long now) {
        Long last = told.get(endpoint);
        if (last != null && now - last < FOLD_MILLIS) {
            return;
        }
        told.put(endpoint, now);
        events.notice(Notice.info(endpoint + " has closed " + count + " idle connection" + (count == 1 ? "" : "s")
                + " from its side, after up to " + idleMillis / 1000 + " s in the pool. The pool lets go of them before"
                + " they are borrowed. If no server was stopped, a balancer or firewall in between has an idle timeout:"
                + " set `idle` below it."));
    }
}
