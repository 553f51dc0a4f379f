package io.rdsagent.config;

import java.util.function.Function;

/** How the text of a setting becomes its value. */
final class Parser<T> {
    private final String kind;
    private final String expected;
    private final Function<String, T> reading;

    /** @param reading throws an IllegalArgumentException, and nothing else, for a text that is none */
    Parser(String kind, String expected, Function<String, T> reading) {
        this.kind = kind;
        this.expected = expected;
        this.reading = reading;
    }

    /**
     * @param text trimmed, not empty
     * @return the value; null where the text says that there is none ({@code off})
     * @throws IllegalArgumentException if the text is not one, and nothing else whatever the text
     */
    T parse(String text) {
        return reading.apply(text);
    }

    /** The type in a word or two, for the manual. */
    String kind() {
        return kind;
    }

    /** Ends the sentence "Right would be …". */
    String expected() {
        return expected;
    }
}
