package io.rdsagent.given;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;

/** A clock that stands still until it is moved, and a timer that goes by it, on the thread that moves it. */
public final class VirtualTime extends Clock {

    /** Of those at the same moment the one that was planned first. */
    private final PriorityQueue<Task<?>> tasks =
            new PriorityQueue<>(Comparator.comparing((Task<?> task) -> task.at).thenComparing(task -> task.number));

    private final Timer timer = new Timer(LongUnaryOperator.identity());
    private long planned;
    /** Whether the timer finds no memory for what it is asked. */
    public boolean exhausted;

    private volatile Instant now = Instant.parse("2030-01-01T00:00:00Z");

    public ScheduledExecutorService timer() {
        return timer;
    }

    /** @param later what becomes of a delay, in nanoseconds */
    public ScheduledExecutorService timer(LongUnaryOperator later) {
        return new Timer(later);
    }

    /** Moves the clock alone, as when a thread is busy and the timer late. */
    public synchronized void pass(Duration by) {
        now = now.plus(by);
    }

    /** Moves the clock and runs what falls due on the way, each at its time. */
    public void advance(Duration by) {
        Instant end = now.plus(by);
        for (Task<?> due = dueBy(end); due != null; due = dueBy(end)) {
            now = due.at.isAfter(now) ? due.at : now;
            due.run();
        }
        now = end;
    }

    /** How long from now until each task that waits, the earliest first. */
    public synchronized List<Duration> waiting() {
        return tasks.stream()
                .filter(task -> !task.isDone())
                .map(task -> Duration.between(now, task.at))
                .sorted()
                .toList();
    }

    private synchronized Task<?> dueBy(Instant end) {
        while (!tasks.isEmpty() && tasks.peek().isDone()) {
            tasks.poll();
        }
        return tasks.isEmpty() || tasks.peek().at.isAfter(end) ? null : tasks.poll();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    private final class Task<V> extends FutureTask<V> implements RunnableScheduledFuture<V> {

        private final Instant at;
        private final long number = planned++;

        Task(Callable<V> step, Instant at) {
            super(step);
            this.at = at;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(Duration.between(now, at));
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }

        @Override
        public boolean isPeriodic() {
            return false;
        }
    }

    private final class Timer extends AbstractExecutorService implements ScheduledExecutorService {

        private final LongUnaryOperator later;

        Timer(LongUnaryOperator later) {
            this.later = later;
        }

        @Override
        public <V> ScheduledFuture<V> schedule(Callable<V> step, long delay, TimeUnit unit) {
            synchronized (VirtualTime.this) {
                if (exhausted) {
                    throw new OutOfMemoryError("Java heap space");
                }
                Task<V> task = new Task<>(step, now.plusNanos(later.applyAsLong(unit.toNanos(delay))));
                tasks.add(task);
                return task;
            }
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable step, long delay, TimeUnit unit) {
            return schedule(Executors.callable(step), delay, unit);
        }

        @Override
        public ScheduledFuture<?> scheduleAtFixedRate(Runnable step, long first, long period, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ScheduledFuture<?> scheduleWithFixedDelay(Runnable step, long first, long delay, TimeUnit unit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void execute(Runnable step) {
            synchronized (VirtualTime.this) {
                tasks.add(new Task<>(Executors.callable(step), now));
            }
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return false;
        }
    }
}
