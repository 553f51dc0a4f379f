package io.rdsagent.pool;

import io.rdsagent.lease.Holder;
import java.util.function.Consumer;

/** A connection in something that gives no way to let one go: it is known who has it, and no more is done. */
final class Observed implements Holder {

    private final String description;

    /** @param description what has it, why nothing is done, and what the person can set there */
    Observed(String description) {
        this.description = description;
    }

    @Override
    public Object pool() {
        return null;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public String how() {
        return "observed";
    }

    @Override
    public void retire(Consumer<Throwable> failed) {
        // It may be in use at any moment.
    }

    @Override
    public long lastUse() {
        return UNKNOWN;
    }
}
