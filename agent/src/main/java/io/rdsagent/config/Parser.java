package io.rdsagent.config;

/** How the text of a setting becomes its value. */
abstract class Parser<T> {
    private final String kind;
    private final String expected;

    Parser(String kind, String expected) {
        this.kind = kind;
        this.expected = expected;
    }

    /**
     * @param text trimmed, not empty
     * @return the value; null where the text says that there is none ({@code off})
     * @throws IllegalArgumentException if the text is not one, and nothing else whatever the text
     */
    abstract T parse(String text);

    /** The type in a word or two, for the manual. */
    final String kind() {
        return kind;
    }

    /** Ends the sentence "Right would be …". */
    final String expected() {
        return expected;
    }
}
