package io.rdsagent.lease;

import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.event.Events;
import io.rdsagent.event.Spare;
import io.rdsagent.event.Spare.Fate;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Connections that are opened ahead of need, so that the pool which replaces a retired one has it at once. A spare is as
 * its login left it: nothing is executed on it, and it goes only to a connect with an equal recipe.
 */
public final class Spares {

    /** How long one waits to be taken. */
    static final long KEPT_MILLIS = 10_000;
    /** A pool of one is without a connection while it replaces it. */
    static final long WITHOUT_POOL_MILLIS = 1000;
    /** When nobody came for the last: the pool shrinks, or connects with other properties each time. */
    static final long AFTER_NOBODY_CAME_MILLIS = 300_000;

    static final long AFTER_FAILURE_MILLIS = 10_000;

    private final Leases leases;
    private final Clock clock;
    private final Executor threads;
    private final Events events;
    private final Map<Recipe, Stock> stocks = new ConcurrentHashMap<>();

    /** @param threads where they are opened and closed: few, and none of the application's */
    public Spares(Leases leases, Clock clock, Executor threads, Events events) {
        this.leases = leases;
        this.clock = clock;
        this.threads = threads;
        this.events = events;
    }

    /**
     * A connection for whoever connects on this thread.
     *
     * @param recipe null for what is never kept ready
     * @return null when none waits
     */
    public Connection take(Recipe recipe) {
        Stock stock = recipe == null || stocks.isEmpty() ? null : stocks.get(recipe);
        for (Stock.Ready spare = first(stock); spare != null; spare = first(stock)) {
            String why = whyOfNoUse(spare, clock.millis());
            if (why == null) {
                spare.lease.openedBy(Opener.ofThisThread(spare.physical.getClass()));
                tell(spare.lease, Fate.TAKEN, null);
                return spare.physical;
            }
            close(spare, why);
        }
        return null;
    }

    private static Stock.Ready first(Stock stock) {
        return stock == null ? null : stock.take();
    }

    int waiting(Recipe recipe) {
        Stock stock = stocks.get(recipe);
        return stock == null ? 0 : stock.waiting();
    }

    /** Whether another may be opened for what will take this lease's place. */
    boolean isShort(Lease due, long now) {
        int most = due.database().config().spares();
        Stock stock = stocks.get(due.recipe());
        return stock == null ? most > 0 : stock.isShortOf(most, now);
    }

    /** Has another opened; on one thread at a time, as is {@link #tidy}. */
    void open(Lease due, long now) {
        Recipe recipe = due.recipe();
        String database = due.database().toString();
        Stock stock = stocks.computeIfAbsent(recipe, any -> new Stock());
        stock.needed(now);
        stock.opening();
        boolean handedOver = false;
        try {
            threads.execute(() -> open(recipe, stock, database));
            handedOver = true;
        } finally {
            if (!handedOver) {
                // There was no memory for a thread.
                stock.failed(now + AFTER_FAILURE_MILLIS);
            }
        }
    }

    private void open(Recipe recipe, Stock stock, String database) {
        Stock.Ready made = null;
        String why = "its driver or endpoint is gone";
        try {
            made = made(recipe.open());
        } catch (SQLException | RuntimeException | LinkageError failure) {
            why = failure.toString();
        } finally {
            if (made == null) {
                stock.failed(clock.millis() + AFTER_FAILURE_MILLIS);
                events.spare(new Spare(database, null, Fate.NOT_OPENED, why));
            } else {
                tell(made.lease, Fate.OPENED, null);
                stock.opened(made);
            }
        }
    }

    private Stock.Ready made(Connection physical) {
        Lease lease = physical == null ? null : leases.of(physical);
        if (lease == null) {
            return null;
        }
        // Nobody has asked for it yet.
        lease.openedBy(null);
        return new Stock.Ready(physical, lease, clock.millis());
    }

    /**
     * Closes those that are of no use any more.
     *
     * @param needed the recipes of all connections that lie in pools
     */
    void tidy(Set<Recipe> needed, long now) {
        stocks.forEach((recipe, stock) -> {
            boolean isNeeded = needed.contains(recipe);
            if (isNeeded) {
                stock.needed(now);
            }
            for (Stock.Ready spare : stock.removeIf(spare -> whyToClose(spare, stock, now))) {
                if (now - spare.since >= KEPT_MILLIS) {
                    stock.pause(now + AFTER_NOBODY_CAME_MILLIS);
                }
                close(spare, whyToClose(spare, stock, now));
            }
            if (stock.isOfNoUse(now, isNeeded)) {
                stocks.remove(recipe);
            }
        });
    }

    /** Closes all that wait. */
    public void close() {
        stocks.forEach((recipe, stock) -> stock.removeIf(any -> "").forEach(spare -> close(spare, "the agent goes")));
        stocks.clear();
    }

    private static String whyToClose(Stock.Ready spare, Stock stock, long now) {
        if (now - stock.neededAt() >= WITHOUT_POOL_MILLIS) {
            return "its pool is gone";
        }
        return now - spare.since >= KEPT_MILLIS ? "nobody came for it" : whyOfNoUse(spare, now);
    }

    private static String whyOfNoUse(Stock.Ready spare, long now) {
        Endpoint endpoint = spare.lease.endpoint();
        if (spare.lease.isPast(now)) {
            return "it is past its time (" + spare.lease.reason() + ")";
        }
        if (!endpoint.isHealthy()) {
            return "its endpoint gives no sign of life";
        }
        return spare.lease.isOver() || spare.lease.hasNews() ? "the server has closed it" : null;
    }

    private void close(Stock.Ready spare, String why) {
        tell(spare.lease, Fate.CLOSED, why);
        threads.execute(() -> {
            try {
                spare.physical.close();
            } catch (SQLException | RuntimeException | LinkageError alreadyGone) {
                // As it should be.
            }
        });
    }

    private void tell(Lease lease, Fate fate, String why) {
        events.spare(new Spare(lease.database().toString(), lease.endpoint().toString(), fate, why));
    }
}
