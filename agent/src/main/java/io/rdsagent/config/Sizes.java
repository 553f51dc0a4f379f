package io.rdsagent.config;

import java.util.Locale;

/** Sizes of files as people write them: 500KB, 10MB, 1GB. */
final class Sizes {

    private static final String UNITS = "KMG";

    static Parser<Long> least(long least) {
        return new Parser<>(
                "size", "a whole number of KB, MB or GB, such as 10MB, and at least " + least / 1024 + "KB", text -> {
                    String upper = text.toUpperCase(Locale.ROOT);
                    int unit = upper.endsWith("B") && upper.length() > 2
                            ? UNITS.indexOf(upper.charAt(upper.length() - 2))
                            : -1;
                    if (unit < 0) {
                        throw new IllegalArgumentException("no unit");
                    }
                    long number =
                            Numbers.whole(upper.substring(0, upper.length() - 2).trim(), 1, 1 << 20);
                    long size = number << (10 * (unit + 1));
                    if (size < least) {
                        throw new IllegalArgumentException("too small");
                    }
                    return size;
                });
    }

    private Sizes() {}
}
