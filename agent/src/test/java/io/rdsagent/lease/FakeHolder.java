package io.rdsagent.lease;

import io.rdsagent.given.FakeConnection;
import java.util.function.Consumer;

/** A pool's grip on a {@link FakeConnection}: closes it if it lies in the pool. */
final class FakeHolder implements Holder {

    private final Object pool;
    private final FakeConnection connection;
    int asked;
    long stamp = 1;

    FakeHolder(Object pool, FakeConnection connection) {
        this.pool = pool;
        this.connection = connection;
    }

    @Override
    public Object pool() {
        return pool;
    }

    @Override
    public String description() {
        return "a pool, for the test";
    }

    @Override
    public void retire(Consumer<Throwable> failed) {
        asked++;
        if (stamp != IN_USE) {
            connection.closed = true;
        }
    }

    @Override
    public long lastUse() {
        return stamp;
    }
}
