package io.rdsagent.lease;

import java.sql.Connection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** The spares of one recipe: those that wait and those in the making. */
final class Stock {

    private final Deque<Ready> waiting = new ArrayDeque<>(1);
    private int opening;
    private long pausedUntil;
    private long neededAt;

    /** One connection that waits to be taken. */
    static final class Ready {

        final Connection physical;
        final Lease lease;
        final long since;

        Ready(Connection physical, Lease lease, long since) {
            this.physical = physical;
            this.lease = lease;
            this.since = since;
        }
    }

    synchronized int waiting() {
        return waiting.size();
    }

    synchronized boolean isShortOf(int most, long now) {
        return waiting.size() + opening < most && now >= pausedUntil;
    }

    synchronized void opening() {
        opening++;
    }

    synchronized void opened(Ready spare) {
        opening--;
        waiting.add(spare);
    }

    /** @param until no other is opened before */
    synchronized void failed(long until) {
        opening--;
        pausedUntil = until;
    }

    synchronized void pause(long until) {
        pausedUntil = until;
    }

    /** The freshest, which has the most of its life before it; null when there is none. */
    synchronized Ready take() {
        return waiting.pollLast();
    }

    synchronized void needed(long now) {
        neededAt = now;
    }

    synchronized long neededAt() {
        return neededAt;
    }

    /** @param why null for what may stay */
    synchronized List<Ready> removeIf(Function<Ready, String> why) {
        List<Ready> removed = new ArrayList<>(0);
        for (Ready spare : waiting) {
            if (why.apply(spare) != null) {
                removed.add(spare);
            }
        }
        waiting.removeAll(removed);
        return removed;
    }

    synchronized boolean isOfNoUse(long now, boolean needed) {
        return waiting.isEmpty() && opening == 0 && (!needed || now >= pausedUntil);
    }
}
