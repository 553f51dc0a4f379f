package io.rdsagent.observe.status;

/** Something worth a line on the time line. */
final class Happening {

    final Kind kind;
    final String database;
    final String endpoint;
    final String text;
    final long at;
    final long lastAt;
    final int times;

    Happening(Kind kind, String database, String endpoint, String text, long at) {
        this(kind, database, endpoint, text, at, at, 1);
    }

    private Happening(Kind kind, String database, String endpoint, String text, long at, long lastAt, int times) {
        this.kind = kind;
        this.database = database;
        this.endpoint = endpoint;
        this.text = text;
        this.at = at;
        this.lastAt = lastAt;
        this.times = times;
    }

    /** The same, having happened once more. */
    Happening again(long now) {
        return new Happening(kind, database, endpoint, text, at, now, times + 1);
    }

    boolean isLike(Happening other) {
        return kind == other.kind
                && same(database, other.database)
                && same(endpoint, other.endpoint)
                && text.equals(other.text);
    }

    private static boolean same(String one, String other) {
        return one == null ? other == null : one.equals(other);
    }

    enum Kind {
        BEGAN("began", false),
        DOWN("down", false),
        DEAD("dead", false),
        UP("up", false),
        WRITER("writer", false),
        FAILED("failed", true),
        LEFT("left", true),
        WARNING("warning", true);

        private final String word;
        /** Whether the same again is no news; of an endpoint that comes and goes each time is. */
        final boolean folds;

        Kind(String word, boolean folds) {
            this.word = word;
            this.folds = folds;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
