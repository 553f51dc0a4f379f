package io.rdsagent.config;

/** One setting as it is in effect, for people to read. */
public final class Setting {
    private final String key;
    private final String value;
    private final String source;

    Setting(String key, String value, String source) {
        this.key = key;
        this.value = value;
        this.source = source;
    }

    /** {@code lifetime}, or {@code db.orders.lifetime}. */
    public String key() {
        return key;
    }

    /** The text as given, or the default in words; never something that looks like a secret. */
    public String value() {
        return value;
    }

    /**
     * {@code system property rdsagent.x}, {@code environment RDSAGENT_X}, {@code agent argument},
     * {@code file F line N} or {@code default}.
     */
    public String source() {
        return source;
    }

    @Override
    public String toString() {
        return key + "=" + value + " (" + source + ")";
    }
}
