package io.rdsagent.observe.status;

import java.util.Arrays;

/** How often something happened, for each of the last moments; older ones are forgotten. */
final class Moments {

    static final long LENGTH_MILLIS = 5_000;
    /** A quarter of an hour. */
    static final int COUNT = 180;

    private final int[] counts = new int[COUNT];
    private long newest = Long.MIN_VALUE;

    void add(long now) {
        counts[place(forward(now))]++;
    }

    /** @return oldest first, the current one last */
    int[] upTo(long now) {
        long current = forward(now);
        int[] inOrder = new int[COUNT];
        for (int i = 0; i < COUNT; i++) {
            inOrder[i] = counts[place(current - COUNT + 1 + i)];
        }
        return inOrder;
    }

    /** A clock that was set back counts into the newest. */
    private long forward(long now) {
        long moment = Math.floorDiv(now, LENGTH_MILLIS);
        if (newest == Long.MIN_VALUE || moment - newest >= COUNT) {
            Arrays.fill(counts, 0);
            newest = moment;
        }
        while (newest < moment) {
            newest++;
            counts[place(newest)] = 0;
        }
        return newest;
    }

    private static int place(long moment) {
        return (int) Math.floorMod(moment, (long) COUNT);
    }
}
