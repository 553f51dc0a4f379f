package io.rdsagent.lease;

/** How long a connection has lain in its pool, as far as looking now and then can tell: never more than it has. */
final class Idleness {

    /** Touched by the sweeping thread alone. */
    private long stamp = Holder.UNKNOWN;

    private volatile long since;

    /** @param pool null for a connection that is in none */
    long look(Holder pool, long now) {
        long seen = pool == null ? Holder.UNKNOWN : pool.lastUse();
        if (seen == Holder.UNKNOWN || seen == Holder.IN_USE || seen != stamp) {
            stamp = seen;
            since = now;
        }
        return now - since;
    }

    /** The same as was seen last. */
    long seen(long now) {
        return since == 0 ? 0 : now - since;
    }
}
