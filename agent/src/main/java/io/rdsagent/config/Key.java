package io.rdsagent.config;

/** One setting: what it is called, what it means, how it is read. Declared once, in {@link Keys}. */
public final class Key<T> {
    private final String name;
    private final Parser<T> parser;
    private final String defaultText;
    private final String meaning;
    private final Scope scope;

    Key(String name, Parser<T> parser, String defaultText, String meaning, Scope scope) {
        this.name = name;
        this.parser = parser;
        this.defaultText = defaultText;
        this.meaning = meaning;
        this.scope = scope;
    }

    static <T> Key<T> ofAgent(String name, Parser<T> parser, String defaultText, String meaning) {
        return new Key<>(name, parser, defaultText, meaning, Scope.AGENT);
    }

    static <T> Key<T> ofDatabase(String name, Parser<T> parser, String defaultText, String meaning) {
        return new Key<>(name, parser, defaultText, meaning, Scope.DATABASE);
    }

    /** {@code lifetime.margin}: without {@code rdsagent.} or {@code db.NAME.} before it. */
    public String name() {
        return name;
    }

    /** What is used when nobody says otherwise: a text that the parser takes, or words in parentheses for nothing. */
    public String defaultText() {
        return defaultText;
    }

    /** The type or unit in a word or two. */
    public String kind() {
        return parser.kind();
    }

    /** Ends the sentence "Right would be …". */
    public String expected() {
        return parser.expected();
    }

    /** One sentence for the manual. */
    public String meaning() {
        return meaning;
    }

    public Scope scope() {
        return scope;
    }

    /**
     * What the text means for this key.
     *
     * @throws IllegalArgumentException if the text is not a value of this key, and nothing else whatever the text
     */
    T parse(String text) {
        return parser.parse(text);
    }

    T defaultValue() {
        return defaultText.startsWith("(") ? null : parser.parse(defaultText);
    }

    @Override
    public String toString() {
        return name;
    }

    /** What a key is about. */
    public enum Scope {
        /** The whole agent: there is only one value. */
        AGENT,
        /** A database: without {@code db.NAME.} it is the default for all. */
        DATABASE
    }
}
