package io.rdsagent.config;

/** Numbers as people write them: ASCII digits, no sign, no exponent. */
final class Numbers {
    /** More digits than any setting needs, few enough that nothing overflows. */
    private static final int LONGEST = 15;

    private Numbers() {}

    /**
     * A whole number within bounds.
     *
     * @throws IllegalArgumentException if the text is not a whole number within the bounds
     */
    static int whole(String text, int least, int most) {
        long value = digits(text);
        if (value < least || value > most) {
            throw new IllegalArgumentException("out of range");
        }
        return (int) value;
    }

    /**
     * A number of up to 15 digits.
     *
     * @throws IllegalArgumentException if the text is not digits only
     */
    static long digits(String text) {
        if (text.isEmpty() || text.length() > LONGEST || digitsFrom(text, 0) != text.length()) {
            throw new IllegalArgumentException("not a whole number");
        }
        return Long.parseLong(text);
    }

    /** {@code Double.parseDouble} alone would also take NaN, 1e3, 0x1p3 and 10d. */
    static double decimal(String text) {
        int point = digitsFrom(text, 0);
        int end = point < text.length() && text.charAt(point) == '.' ? digitsFrom(text, point + 1) : point;
        if (point == 0 || end == point + 1 || end != text.length() || end > LONGEST) {
            throw new IllegalArgumentException("not a number");
        }
        return Double.parseDouble(text);
    }

    /** The first index from {@code start} on that holds no digit. */
    static int digitsFrom(String text, int start) {
        int i = start;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
