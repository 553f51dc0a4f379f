package io.rdsagent.lease;

import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import io.rdsagent.event.Reason;
import java.io.IOException;
import java.net.Socket;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Finds the connections that the other end has closed while nobody used them, so that they leave their pools before
 * anybody borrows them, and has their endpoints probed: many that hang up at once are a server that dies. Those are probed,
 * too, that don't acknowledge what was sent to them: likely a host that is gone without a word.
 */
public final class HangUps {

    /** Where the kernel's table is so long that to read it takes longer, it is read so much less often. */
    private static final long QUICK_MILLIS = 50;

    private static final int REST_FACTOR = 20;

    private static final long FOLD_MILLIS = 60_000;

    /** Of Linux's first pauses of 0.2 s and 0.4 s; a single packet may be lost at any time. */
    private static final int RESENT = 2;

    private final Leases leases;
    private final Consumer<Endpoint> suspect;
    private final Runnable hurry;
    private final TcpTable table;
    private final Clock clock;
    private final Events events;
    /** When it was last said of an endpoint that it closes connections. */
    private final Map<Endpoint, Long> told = new WeakHashMap<>();

    private final AtomicBoolean awaited = new AtomicBoolean();
    private long restUntil;
    private long tookLast;
    /** Those that the table has shown as open: in a sandbox it may not show what is there, and is not to be believed then. */
    private Set<Lease> seen = identitySet();
    /** The table is not read in one moment, so only what is missing twice is gone. */
    private Set<Lease> missing = identitySet();

    private boolean isTrue;

    /**
     * @param suspect told of the endpoints that have hung up
     * @param hurry called when there are leases to go
     */
    public HangUps(
            Leases leases, Consumer<Endpoint> suspect, Runnable hurry, TcpTable table, Clock clock, Events events) {
        this.leases = leases;
        this.suspect = suspect;
        this.hurry = hurry;
        this.table = table;
        this.clock = clock;
        this.events = events;
    }

    /** One look on another thread, and but one however many ask for it before it is taken. */
    public void lookSoon(Executor threads) {
        if (!awaited.compareAndSet(false, true)) {
            return;
        }
        boolean handedOver = false;
        try {
            threads.execute(() -> {
                awaited.set(false);
                look();
            });
            handedOver = true;
        } finally {
            if (!handedOver) {
                // There was no memory for a thread.
                awaited.set(false);
            }
        }
    }

    /** One look; takes as long as it takes to read the kernel's table. */
    public synchronized void look() {
        long now = clock.millis();
        if (now < restUntil || !table.isThere()) {
            return;
        }
        Map<String, Lease> open = open();
        if (!open.isEmpty()) {
            try {
                Map<String, TcpTable.Row> rows = table.rows(open.keySet());
                suspectSilent(open, rows);
                retire(open, rows, now);
            } catch (IOException unreadable) {
                // Not told then: who borrows finds it out, as without us.
            }
            long took = clock.millis() - now;
            // One alone that took long was on a busy machine.
            long usual = Math.min(took, tookLast);
            tookLast = took;
            restUntil = usual > QUICK_MILLIS ? now + REST_FACTOR * usual : now;
        }
    }

    private Map<String, Lease> open() {
        Map<String, Lease> open = new HashMap<>();
        for (Lease lease : leases.all()) {
            Socket socket = lease.socket();
            String key = socket == null || lease.isDead() ? null : TcpTable.key(socket);
            if (key != null) {
                open.put(key, lease);
            }
        }
        return open;
    }

    /** Only probed: it may be this host's network. */
    private void suspectSilent(Map<String, Lease> open, Map<String, TcpTable.Row> rows) {
        Set<Endpoint> silent = new HashSet<>();
        rows.forEach((key, row) -> {
            if (row.isEstablished() && row.resent() >= RESENT) {
                silent.add(open.get(key).endpoint());
            }
        });
        silent.forEach(suspect);
    }

    private void retire(Map<String, Lease> open, Map<String, TcpTable.Row> rows, long now) {
        Set<Lease> seenNow = identitySet();
        Set<Lease> missingNow = identitySet();
        Map<Endpoint, Integer> hungUp = new HashMap<>();
        long[] longest = {0};
        open.forEach((key, lease) -> {
            TcpTable.Row row = rows.get(key);
            if (row == null && seen.contains(lease)) {
                seenNow.add(lease);
                missingNow.add(lease);
            } else if (row != null && row.isEstablished()) {
                seenNow.add(lease);
                isTrue = true;
            }
            if (row == null ? missing.contains(lease) : isTrue && row.isClosedByTheOther()) {
                lease.retire(Reason.HUNG_UP, now);
                hungUp.merge(lease.endpoint(), 1, Integer::sum);
                longest[0] = Math.max(longest[0], lease.idleSeen(now));
            }
        });
        seen = seenNow;
        missing = missingNow;
        if (!hungUp.isEmpty()) {
            hungUp.keySet().forEach(suspect);
            hurry.run();
            hungUp.forEach((endpoint, count) -> tell(endpoint, count, longest[0], now));
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

    private static Set<Lease> identitySet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
