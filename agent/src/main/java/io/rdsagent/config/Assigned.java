package io.rdsagent.config;

/** A text that somebody gave to a key, not parsed yet. */
final class Assigned {
    private final String database;
    private final Key<?> key;
    private final String text;
    private final Origin origin;

    Assigned(Spelling spelling, String text, Origin origin) {
        this.database = spelling.database();
        this.key = spelling.key();
        this.text = text;
        this.origin = origin;
    }

    Key<?> key() {
        return key;
    }

    String text() {
        return text;
    }

    Origin origin() {
        return origin;
    }

    /** {@code db.orders.lifetime} or {@code lifetime}. */
    String name() {
        return Spelling.canonical(database, key);
    }

    Setting setting() {
        return new Setting(name(), Shown.value(text), origin.toString());
    }
}
