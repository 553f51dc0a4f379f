package io.rdsagent.observe;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lets the same complaint through once in a while. */
final class Repeats {

    static final int FOLDED = -1;

    /** More different complaints than this at once are not worth remembering. */
    private static final int MOST = 256;

    private final Clock clock;
    private final long everyMillis;
    private final Map<String, Seen> seen = new LinkedHashMap<String, Seen>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
            return size() > MOST;
        }
    };

    Repeats(Clock clock, Duration every) {
        this.clock = clock;
        this.everyMillis = every.toMillis();
    }

    /** @return {@link #FOLDED}, or how many were folded since the last that was let through */
    synchronized int count(String complaint) {
        long now = clock.millis();
        Seen last = seen.get(complaint);
        if (last != null && now - last.at < everyMillis) {
            last.folded++;
            return FOLDED;
        }
        seen.put(complaint, new Seen(now));
        return last == null ? 0 : last.folded;
    }

    private static final class Seen {

        private final long at;
        private int folded;

        Seen(long at) {
            this.at = at;
        }
    }
}
