package io.rdsagent.config;

/** What a misspelled key was probably meant to be. */
final class NearestKey {
    private final String text;
    private String best;
    private int bestDistance = Integer.MAX_VALUE;

    private NearestKey(String spelled) {
        this.text = normal(spelled);
    }

    /**
     * The key that was probably meant.
     *
     * @return {@code lifetime}, {@code db.orders.lifetime} or {@code db.NAME.lifetime}; null if nothing is near
     */
    static String to(String spelled) {
        // Longer than any real key with any sane name: not worth the time
        if (spelled.length() > 120) {
            return null;
        }
        NearestKey search = new NearestKey(spelled);
        search.amongPlainKeys();
        for (int dot = search.text.indexOf('.'); dot >= 0; dot = search.text.indexOf('.', dot + 1)) {
            search.amongKeysOf(search.text.substring(0, dot), search.text.substring(dot + 1));
        }
        return search.best == null ? search.keyThatItBeginsWith() : search.best;
    }

    private void amongPlainKeys() {
        for (Key<?> key : Keys.all()) {
            consider(key.name(), distance(text, normal(key.name())), key);
        }
    }

    private void amongKeysOf(String head, String tail) {
        boolean prefixed = head.equals("db") || head.startsWith("db.");
        for (Key<?> key : Keys.all()) {
            int distance = distance(tail, normal(key.name()));
            if (prefixed || distance == 0) {
                consider(suggestion(head, key), prefixed ? distance : 1, key);
            }
        }
    }

    /** {@code tls.mode} was meant to be {@code tls}. */
    private String keyThatItBeginsWith() {
        for (Key<?> key : Keys.all()) {
            if (text.startsWith(normal(key.name()) + ".")) {
                return key.name();
            }
        }
        return null;
    }

    private static String suggestion(String head, Key<?> key) {
        if (key.scope() == Key.Scope.AGENT) {
            return key.name();
        }
        String rest = withoutPrefix(head);
        if (rest.equals(DatabaseConfig.DEFAULT)) {
            return key.name();
        }
        String name = Spelling.databaseName(rest);
        return Spelling.DATABASE_PREFIX + (name == null ? "NAME" : name) + "." + key.name();
    }

    private static String withoutPrefix(String head) {
        for (String prefix : new String[] {"db", "database"}) {
            if (head.equals(prefix)) {
                return "";
            }
            if (head.startsWith(prefix + ".")) {
                return head.substring(prefix.length() + 1);
            }
        }
        return head;
    }

    private void consider(String suggestion, int distance, Key<?> key) {
        boolean near = distance <= Math.max(1, key.name().length() / 3);
        if (near && distance < bestDistance) {
            bestDistance = distance;
            best = suggestion;
        }
    }

    private static String normal(String spelled) {
        return HostPort.lowerCase(spelled).replace('_', '.').replace('-', '.');
    }

    /** Levenshtein's: insertions, deletions and replacements from one text to the other. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
