package io.rdsagent.config;

import java.util.ArrayList;
import java.util.List;

/** Lists as people write them. */
final class Lists {
    private Lists() {}

    /**
     * The trimmed items of a comma-separated list, at least one.
     *
     * @throws IllegalArgumentException if there is none or one is empty
     */
    static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        for (String part : parts(text, ',')) {
            if (part.isEmpty()) {
                throw new IllegalArgumentException("an empty item");
            }
            items.add(part);
        }
        return items;
    }

    /** The trimmed parts between the separators, empty ones included: one more than there are separators. */
    static List<String> parts(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int end = text.indexOf(separator); end >= 0; end = text.indexOf(separator, start)) {
            parts.add(text.substring(start, end).trim());
            start = end + 1;
        }
        parts.add(text.substring(start).trim());
        return parts;
    }
}
