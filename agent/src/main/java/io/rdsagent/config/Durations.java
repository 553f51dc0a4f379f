package io.rdsagent.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;

/** Durations as people write them. */
final class Durations {
    /** A year: longer than anything here makes sense, and far from any overflow. */
    static final Duration LONGEST = Duration.ofDays(366);

    private Durations() {}

    /**
     * Reads {@code 500ms}, {@code 5s}, {@code 15m}, {@code 2h}, {@code 90} (seconds) and {@code PT5M}.
     *
     * @throws IllegalArgumentException unless it is one of these, a whole number of milliseconds, up to {@link #LONGEST}
     */
    static Duration parse(String text) {
        Duration duration = text.startsWith("P") || text.startsWith("p") ? iso(text) : counted(text);
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0 || !isWholeMillis(duration)) {
            throw new IllegalArgumentException("not a usable duration");
        }
        return duration;
    }

    private static boolean isWholeMillis(Duration duration) {
        return duration.equals(Duration.ofMillis(duration.toMillis()));
    }

    private static Duration iso(String text) {
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a duration", e);
        }
    }

    private static Duration counted(String text) {
        int end = Numbers.digitsFrom(text, 0);
        return Duration.ofMillis(Math.multiplyExact(Numbers.digits(text.substring(0, end)), unit(text, end)));
    }

    private static long unit(String text, int start) {
        switch (HostPort.lowerCase(text.substring(start).trim())) {
            case "ms":
                return 1;
            case "":
            case "s":
                return 1000;
            case "m":
                return 60_000;
            case "h":
                return 3_600_000;
            default:
                throw new IllegalArgumentException("not a unit");
        }
    }

    /** What {@link #parse} reads back, in the largest unit that is exact. */
    static String format(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        if (millis % 60_000 != 0 || millis == 0) {
            return millis / 1000 + "s";
        }
        return millis % 3_600_000 != 0 ? millis / 60_000 + "m" : millis / 3_600_000 + "h";
    }
}
