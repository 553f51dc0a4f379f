package io.rdsagent.endpoint;

/** A time in which no endpoint of a database gives a connection, though one did before: a failover, a restart. */
public final class Outage {

    private boolean hasServed;
    private boolean isOn;
    private long since;

    /** A login went through. */
    public synchronized void ended() {
        hasServed = true;
        isOn = false;
    }

    /** Others serve, or an endpoint gives signs of life again: if it goes on, it is another. */
    synchronized void changed() {
        isOn = false;
    }

    /**
     * A connect has found no endpoint that gives it a connection.
     *
     * @param patienceMillis how long connects wait for the end of an outage, from its beginning; at least 0
     * @return until when this connect waits, by the clock; not after {@code now} where it does not. A database that never
     *     served is not waited for: its settings are likelier to be wrong than it is to come
     */
    public synchronized long seen(long now, long patienceMillis) {
        if (!isOn) {
            isOn = true;
            since = now;
        }
        return hasServed ? since + patienceMillis : now;
    }
}
