package io.rdsagent.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.rdsagent.cli.CommandLines;
import io.rdsagent.config.Config;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every command that the README and the manual show is one that can be given; {@code ManualSnippetsIT} gives those that it can. */
class ManualCommandsTest {

    private static final String JAR = "rds-jdbc-agent.jar";
    private static final Set<String> GOALS = Set.of("package", "verify", "site", "spotless:apply");

    @Test
    void everyCommandHasTheOptionsThatItIsGiven() throws Exception {
        for (Snippet snippet : Snippets.of(Kind.COMMANDS)) {
            for (List<String> command : Shell.commands(snippet.text())) {
                assertThatCode(() -> check(command))
                        .as("%s%n%s", snippet, command)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static void check(List<String> words) throws Exception {
        String name = words.get(0);
        if (name.startsWith("RDSAGENT_") || name.startsWith("PGPASSWORD=")) {
            check(words.subList(1, words.size()));
        } else if (name.equals("java")) {
            checkJava(words);
        } else if (name.startsWith("scripts/")) {
            checkScript(Snippet.ROOT.resolve(name), words.subList(1, words.size()));
        } else if (name.equals("mvn")) {
            assertThat(words.subList(1, words.size())).allMatch(word -> word.startsWith("-") || GOALS.contains(word));
        } else if (name.equals("export")) {
            checkJava(List.of("java", words.get(1).replaceFirst("JAVA_TOOL_OPTIONS=", "")));
        } else if (name.equals("jfr")) {
            String code = Snippets.code();
            assertThat(words.get(3).split(",")).allMatch(event -> code.contains('"' + event + '"'));
        } else if (List.of("flyway", "liquibase", "bin/kc.sh", "schematool", "start-metastore")
                .contains(name)) {
            String test = List.of("schematool", "start-metastore").contains(name) ? "HiveIT" : "ProductsIT";
            String run =
                    Snippets.read(Snippet.ROOT.resolve("agent/src/test/java/io/rdsagent/it/jvms/" + test + ".java"));
            assertThat(words.subList(1, words.size()))
                    .allMatch(word -> run.contains('"' + word.replaceFirst("=.*", "")) || run.contains(word));
        } else {
            // Executed by ManualSnippetsIT and OthersCommandsIT.
            assertThat(name).matches("javac|jcmd|aws|psql|\\w+=.*");
        }
    }

    private static void checkJava(List<String> words) {
        Map<String, String> settings = new HashMap<>();
        for (String word : words) {
            if (word.startsWith("-Drdsagent.") && !word.contains("$")) {
                settings.put(word.substring(2).split("=", 2)[0], word.split("=", 2)[1]);
            }
        }
        assertThat(Config.read(settings, Map.of(), null).problems()).isEmpty();
        int jar = words.indexOf("-jar") + 1;
        if (jar > 0 && words.get(jar).endsWith(JAR)) {
            List<String> arguments = words.subList(jar + 1, words.size());
            CommandLines.parse(arguments.stream()
                    .map(word -> word.equals("COMMAND") ? "status" : word.equals("PID") ? "1" : word)
                    .toList());
        } else {
            assertThat(words.stream().filter(word -> word.startsWith("-javaagent:")))
                    .singleElement()
                    .asString()
                    .endsWith(JAR);
        }
    }

    private static void checkScript(Path script, List<String> words) {
        assertThat(script).isExecutable();
        String usage = Snippets.read(script)
                .lines()
                .takeWhile(line -> line.startsWith("#"))
                .reduce("", (all, line) -> all + line + "\n");
        assertThat(words)
                .allMatch(word -> !word.matches("-.*|[a-z]+")
                        || usage.matches("(?s).*[\\s\\[|]" + word + "[\\s\\]|].*")
                        || isAskedFor(words, word));
    }

    private static boolean isAskedFor(List<String> words, String word) {
        int at = words.indexOf(word);
        return at > 0 && words.get(at - 1).equals("--only");
    }
}
