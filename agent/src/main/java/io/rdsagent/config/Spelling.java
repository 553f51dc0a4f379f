package io.rdsagent.config;

/** A key as a person spelled it, and what is meant: which key, of which database. */
final class Spelling {
    static final String PROPERTY_PREFIX = "rdsagent.";
    static final String ENVIRONMENT_PREFIX = "RDSAGENT_";
    static final String DATABASE_PREFIX = "db.";

    private final String database;
    private final Key<?> key;

    private Spelling(String database, Key<?> key) {
        this.database = database;
        this.key = key;
    }

    /**
     * What a person meant.
     *
     * @param spelled without {@code rdsagent.} or {@code RDSAGENT_}
     * @return null if it means nothing
     */
    static Spelling of(String spelled, boolean environment) {
        String text = environment ? HostPort.lowerCase(spelled) : spelled;
        for (Key<?> key : Keys.all()) {
            if (text.equals(spell(key.name(), environment))) {
                return new Spelling("", key);
            }
        }
        String prefix = spell(DATABASE_PREFIX, environment);
        return text.startsWith(prefix) ? ofDatabase(text.substring(prefix.length()), environment) : null;
    }

    /** In the environment NAME and key run together, so the longest key that the text ends with is the one meant. */
    private static Spelling ofDatabase(String text, boolean environment) {
        Key<?> longest = null;
        for (Key<?> key : Keys.all()) {
            boolean ends = text.endsWith(spell("." + key.name(), environment));
            if (ends && (longest == null || key.name().length() > longest.name().length())) {
                longest = key;
            }
        }
        if (longest == null) {
            return null;
        }
        String name =
                databaseName(text.substring(0, text.length() - longest.name().length() - 1));
        return name == null ? null : new Spelling(name, longest);
    }

    private static String spell(String name, boolean environment) {
        return environment ? underscored(name) : name;
    }

    static String underscored(String name) {
        return name.replace('.', '_').replace('-', '_');
    }

    /** The name in lower case with {@code -} for {@code _} and {@code .}, or null if it cannot be one. */
    static String databaseName(String text) {
        String name = HostPort.lowerCase(text).replace('_', '-').replace('.', '-');
        return isPlain(name) && !name.equals(DatabaseConfig.DEFAULT) ? name : null;
    }

    private static boolean isPlain(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (!Character.isLetterOrDigit(name.charAt(i)) && name.charAt(i) != '-') {
                return false;
            }
        }
        return !name.isEmpty() && name.charAt(0) != '-' && name.charAt(name.length() - 1) != '-';
    }

    /** Empty: for all databases, or for the agent. */
    String database() {
        return database;
    }

    Key<?> key() {
        return key;
    }

    /** {@code db.orders.lifetime} or {@code lifetime}. */
    static String canonical(String database, Key<?> key) {
        return database.isEmpty() ? key.name() : DATABASE_PREFIX + database + "." + key.name();
    }
}
