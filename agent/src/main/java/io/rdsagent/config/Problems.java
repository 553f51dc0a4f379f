package io.rdsagent.config;

import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What was wrong, one sentence or two for each: what it is, what the agent does instead, what would be right. */
final class Problems {
    private final List<String> lines = new ArrayList<>();

    List<String> lines() {
        return Collections.unmodifiableList(new ArrayList<>(lines));
    }

    void unknownKey(Origin origin, String spelled) {
        String nearest = NearestKey.to(spelled);
        String right = nearest == null
                ? "The manual's page on configuration lists the keys."
                : "Right would be " + origin.spell(nearest) + ".";
        add(named(spelled.isEmpty() ? "An empty name" : Shown.name(spelled), origin)
                + " is not a key of the agent and is ignored. " + right);
    }

    void notAPair(int position) {
        // Not shown: it may be the second half of a password with a semicolon in it.
        add("Part " + position + " of the agent argument has no = in it and is ignored. Right would be"
                + " key=value;key=value, or the path of a file with settings.");
    }

    void notOfOneDatabase(Origin origin, Spelling spelling) {
        String key = spelling.key().name();
        add(named(Spelling.canonical(spelling.database(), spelling.key()), origin)
                + " is ignored, because it is a setting of the whole agent. Right would be " + origin.spell(key) + ".");
    }

    void fileInFile(Origin origin) {
        add(named(Keys.CONFIG.name(), origin) + " is ignored, because a file cannot name another file. Right would be"
                + " a system property, an environment variable or the agent argument.");
    }

    void unreadable(File file, String reason, String namedBy) {
        add(
                "The file " + Shown.quoted(file.getPath()) + " (" + namedBy + ") cannot be read: " + Shown.name(reason)
                        + ". The agent goes on without it. Right would be a readable Properties file in UTF-8 of at most 1 MB.");
    }

    void badLine(Origin origin) {
        add("A backslash in " + origin + " begins something that is not an escape, and the line is ignored. Right would"
                + " be \\\\ for a backslash, as in every Properties file.");
    }

    void badValue(Assigned given, String instead) {
        add(named(given.name(), given.origin()) + " is " + Shown.quoted(given.text()) + ", which cannot be used; "
                + instead + ". Right would be " + given.key().expected() + ".");
    }

    void noHosts(String database) {
        String prefix = Spelling.DATABASE_PREFIX + database;
        add(prefix + " has settings but no hosts, and its settings are not used. Right would be " + prefix
                + ".match with the hosts of its URLs, or " + prefix + ".endpoints.");
    }

    void clash(String first, String second, HostPattern pattern) {
        add("The databases " + first + " and " + second + " match the same host by " + pattern + "; " + first
                + " is used for it, the first by name. Right would be a match that only one of them has.");
    }

    void marginTooLong(String margin, String lifetime, String tenth) {
        add(margin + " is not less than " + lifetime + "; " + tenth
                + ", a tenth of the lifetime, is used as the margin."
                + " Right would be a shorter margin or a longer lifetime.");
    }

    private static String named(String name, Origin origin) {
        return name + " (" + origin + ")";
    }

    private void add(String line) {
        lines.add(line);
    }
}
