package io.rdsagent.manual;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README and the manual show of the agent's words is what it says. */
class ManualWordsTest {

    /** Whoever looks for the words finds the place in the code: most come from its literals, three in a row. */
    @Test
    void whatTheAgentSaysIsInItsCode() throws Exception {
        Set<String> said = runs(Snippets.code());
        List<String> unknown = new ArrayList<>();
        for (Snippet snippet : Snippets.of(Kind.WORDS)) {
            for (String line : snippet.text().split("\n")) {
                List<String> words = words(line.replaceAll("^\\S+Z rds-jdbc-agent [A-Z]+ ", "")
                        .replaceAll("\\([^()]*\\)|\\[[^\\[\\]]*\\]", " "));
                // Short lines are mostly figures and names.
                if (share(words, words.size() > 10 ? 3 : 1, said) < 0.5) {
                    unknown.add(snippet + ": " + line);
                }
            }
        }
        assertThat(unknown).isEmpty();
    }

    private static double share(List<String> words, int run, Set<String> said) {
        boolean[] found = new boolean[words.size()];
        for (int i = 0; i + run <= words.size(); i++) {
            if (said.contains(String.join(" ", words.subList(i, i + run)))) {
                Arrays.fill(found, i, i + run, true);
            }
        }
        int count = 0;
        for (boolean each : found) {
            count += each ? 1 : 0;
        }
        return words.isEmpty() ? 1 : (double) count / words.size();
    }

    /** The words of the literals, alone and three by three. */
    private static Set<String> runs(String code) {
        String joined = code.replaceAll("\"\\s*\\+\\s*\"", "");
        Set<String> runs = new HashSet<>();
        Pattern.compile("\"((?:[^\"\\\\\n]|\\\\.)*)\"")
                .matcher(joined)
                .results()
                .forEach(literal -> {
                    List<String> words = words(literal.group(1));
                    runs.addAll(words);
                    for (int i = 0; i + 3 <= words.size(); i++) {
                        runs.add(String.join(" ", words.subList(i, i + 3)));
                    }
                });
        return runs;
    }

    /** What is of letters: names of hosts, numbers and times are of the moment. */
    private static List<String> words(String text) {
        return Arrays.stream(text.replaceAll("\\S*[0-9./@]\\S*\\w\\S*", " ").split("[^\\p{L}'`-]+"))
                .filter(word -> word.matches(".*\\p{L}.*"))
                .toList();
    }
}
