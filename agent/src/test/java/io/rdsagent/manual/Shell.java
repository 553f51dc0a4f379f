package io.rdsagent.manual;

import java.util.ArrayList;
import java.util.List;

/** A shell's commands in words, as far as the manual writes them: quotes, continued lines, comments, a command within. */
final class Shell {

    /** Each command in its words; one that stands in {@code $(...)} comes before the one that it is for. */
    static List<List<String>> commands(String text) {
        List<List<String>> commands = new ArrayList<>();
        for (String line : text.replaceAll("\\\\\n\\s*", "").split("\n")) {
            String rest = line;
            int within = rest.indexOf("$(");
            if (within >= 0) {
                int end = rest.indexOf(')', within);
                commands.add(words(rest.substring(within + 2, end)));
                rest = rest.substring(0, within) + "VALUE" + rest.substring(end + 1);
            }
            List<String> words = words(rest);
            if (!words.isEmpty()) {
                commands.add(words);
            }
        }
        return commands;
    }

    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean open = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                open = true;
            } else if (c == '#' && !open) {
                break;
            } else if (Character.isWhitespace(c)) {
                if (open) {
                    words.add(word.toString());
                }
                word.setLength(0);
                open = false;
            } else {
                word.append(c);
                open = true;
            }
        }
        if (open) {
            words.add(word.toString());
        }
        return words;
    }

    private Shell() {}
}
