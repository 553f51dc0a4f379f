package io.rdsagent.lease;

/**
 * How often a pool that was found has handed a connection out, and whether it is not to be handed out again: of such a pool
 * nothing tells whether it has a connection but this.
 */
public final class HandOuts {

    private static final long DOOMED = -1;

    private long times;

    public synchronized long times() {
        return times;
    }

    /** @return false when it is doomed and so of no use to anybody */
    public synchronized boolean another() {
        if (times == DOOMED) {
            return false;
        }
        times++;
        return true;
    }

    /** @return false when it has been handed out since {@code seen} was read, and so may be in use */
    public synchronized boolean doom(long seen) {
        if (times != seen || seen == DOOMED) {
            return false;
        }
        times = DOOMED;
        return true;
    }

    /** Takes {@link #doom} back: it has been taken out of where it lay meanwhile. */
    public synchronized void pardon(long seen) {
        times = seen;
    }
}
