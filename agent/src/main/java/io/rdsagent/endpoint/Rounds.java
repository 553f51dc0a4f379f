package io.rdsagent.endpoint;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What is done again and again: once at a time, at once where somebody is in a hurry, and not at all while asleep. */
final class Rounds {

    /** However many are in a hurry, there are no more than that. */
    static final long LEAST_MILLIS = 100;

    /** After one that has failed in a way that nobody expects. */
    private static final long AFTER_FAULT_MILLIS = 250;

    /** Threads may be busy for so long; what has not begun by then was never handed to one: there was no memory to do it. */
    private static final long OVERDUE_MILLIS = 10_000;

    private static final long NOT_PLANNED = Long.MAX_VALUE / 2;

    interface Round {
        /**
         * @param hurried whether somebody is in a hurry
         * @return how long until the next; the greatest number: until somebody wakes it
         */
        long go(boolean hurried);
    }

    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Executor threads;
    private final Round round;
    private Future<?> next;
    private long plannedFor = NOT_PLANNED;
    private boolean running;
    private boolean asleep;
    private boolean hurried;
    private boolean again;

    Rounds(Clock clock, ScheduledExecutorService timer, Executor threads, Round round) {
        this.clock = clock;
        this.timer = timer;
        this.threads = threads;
        this.round = round;
    }

    void wake() {
        if (isAsleep()) {
            hurry();
        }
    }

    private synchronized boolean isAsleep() {
        return asleep || (next == null && !running);
    }

    /** One at once. */
    synchronized void hurry() {
        if (running) {
            again = true;
        } else {
            hurried = true;
            plan(0);
        }
    }

    /** Plans one where one is overdue. */
    synchronized void goOn() {
        if (!running && !asleep && clock.millis() - plannedFor > OVERDUE_MILLIS) {
            plan(0);
        }
    }

    private synchronized void plan(long millis) {
        if (next != null) {
            next.cancel(false);
        }
        asleep = false;
        plannedFor = clock.millis() + millis;
        next = timer.schedule(() -> threads.execute(this::one), millis, TimeUnit.MILLISECONDS);
    }

    private void one() {
        boolean soon;
        synchronized (this) {
            if (running) {
                again = true;
                return;
            }
            running = true;
            next = null;
            soon = hurried || again;
            hurried = false;
            again = false;
        }
        long wait = AFTER_FAULT_MILLIS;
        try {
            wait = round.go(soon);
        } finally {
            end(wait);
        }
    }

    private synchronized void end(long wait) {
        running = false;
        if (again) {
            plan(LEAST_MILLIS);
        } else if (wait == Long.MAX_VALUE) {
            asleep = true;
        } else {
            plan(wait);
        }
    }
}
