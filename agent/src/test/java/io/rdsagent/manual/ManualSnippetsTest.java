package io.rdsagent.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.rdsagent.cli.CommandLines;
import io.rdsagent.config.Config;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.observe.metrics.Metric;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xml.sax.InputSource;
import org.yaml.snakeyaml.Yaml;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** Every snippet of the README and the manual is looked at by what it is; {@code ManualSnippetsIT} runs what can be run. */
class ManualSnippetsTest {

    private static final Pattern JDBC = Pattern.compile("jdbc:(?:aws-wrapper:)?\\w+://([\\w.-]+)");
    private static final Pattern METRIC = Pattern.compile("(rdsagent_\\w+)(?:\\{(\\w+))?");
    private static final Pattern HOOK = Pattern.compile("- ([a-z0-9]+(?:\\.[a-z-]+)*) -");
    private static final String JAR = "rds-jdbc-agent.jar";
    private static final Set<String> GOALS = Set.of("package", "verify", "site", "spotless:apply");

    @TempDir
    Path folder;

    @Test
    void everySnippetIsOfAKindThatATestLooksAt() throws Exception {
        assertThat(Snippet.all())
                .hasSizeGreaterThan(90)
                .allSatisfy(snippet -> assertThat(Snippets.parts(snippet))
                        .allSatisfy(part -> assertThat(Snippets.kindOf(part))
                                .as(part.text())
                                .isNotNull()));
    }

    /** So that none of the tests below looks at nothing. */
    @ParameterizedTest
    @EnumSource
    void ofEachKindThereIsOne(Kind kind) throws Exception {
        assertThat(Snippets.of(kind)).isNotEmpty();
    }

    @Test
    void theAgentTakesTheSettingsWithoutAWord() throws Exception {
        for (Snippet snippet : Snippets.of(Kind.SETTINGS)) {
            for (String together : oneOfEach(snippet.text())) {
                Path file = Files.writeString(
                        folder.resolve("agent.properties"), together.replaceAll("(?m)^rdsagent\\.", ""));
                Config config = Config.read(Map.of("rdsagent.config", file.toString()), Map.of(), null);

                assertThat(config.problems()).as(snippet.toString()).isEmpty();
            }
        }
    }

    /** A snippet that shows a key several times shows several files. */
    private static List<String> oneOfEach(String text) {
        List<String> lines = text.lines().toList();
        long keys = lines.stream().map(line -> line.split("=", 2)[0]).distinct().count();
        return keys == lines.size() ? List.of(text) : lines;
    }

    @Test
    void theSettingsOfOthersNameAnRdsHost() throws Exception {
        for (Snippet snippet : Snippets.of(Kind.OTHERS_SETTINGS)) {
            Properties read = new Properties();
            read.load(new StringReader(snippet.text()));

            assertThat(read).as(snippet.toString()).isNotEmpty();
            assertThat(hosts(snippet)).isNotEmpty();
        }
    }

    @Test
    void everyUrlIsForAHostThatTheAgentKnowsForOneOfRds() throws Exception {
        for (Snippet snippet : Snippet.all()) {
            assertThat(hosts(snippet)).as(snippet.toString()).allMatch(host -> RdsHostName.parse(host) != null);
        }
    }

    private static List<String> hosts(Snippet snippet) {
        return JDBC.matcher(snippet.text()).results().map(url -> url.group(1)).toList();
    }

    @Test
    void jsonAndYamlAndXmlCanBeRead() throws Exception {
        for (Snippet snippet : Snippets.of(Kind.JSON)) {
            assertThat(JsonNode.parser().parse(snippet.text()).isObject())
                    .as(snippet.toString())
                    .isTrue();
        }
        for (Snippet snippet : Snippets.of(Kind.YAML)) {
            assertThat(new Yaml().<Object>load(snippet.text()))
                    .as(snippet.toString())
                    .isInstanceOf(Map.class);
            assertThat(snippet.text().lines().filter(line -> line.contains("path:")))
                    .allMatch(line -> line.matches(".*path: (/health|/health/live), port: 8447.*"));
        }
        for (Snippet snippet : Snippets.of(Kind.XML)) {
            assertThatCode(() -> DocumentBuilderFactory.newInstance()
                            .newDocumentBuilder()
                            .parse(new InputSource(new StringReader(snippet.text()))))
                    .as(snippet.toString())
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void javaCompiles() throws Exception {
        for (Snippet snippet : Snippets.of(Kind.JAVA)) {
            String name = snippet.text().replaceFirst("(?s).*public class (\\w+).*", "$1");
            Path file = Files.writeString(folder.resolve(name + ".java"), snippet.text());

            assertThat(ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, "-d", folder.toString(), file.toString()))
                    .as(snippet.toString())
                    .isZero();
        }
    }

    @Test
    void theRowsOfTargetsAreInTheTable() throws Exception {
        String table = Snippets.read(Snippet.ROOT.resolve("agent/src/main/resources/rdsagent-targets"));
        for (Snippet snippet : Snippets.of(Kind.TARGETS)) {
            assertThat(snippet.text().lines()).allMatch(table::contains);
        }
    }

    @Test
    void whatIsDrawnHasHooksOfTheTableAndChartsHaveTheirLength() throws Exception {
        String table = Snippets.read(Snippet.ROOT.resolve("agent/src/main/resources/rdsagent-targets"));
        for (Snippet snippet : Snippets.of(Kind.DRAWING)) {
            assertThat(HOOK.matcher(snippet.text()).results().map(found -> found.group(1)))
                    .isNotEmpty()
                    .allMatch(hook -> table.matches("(?s).* " + Pattern.quote(hook) + "\\??\n.*"));
        }
        for (Snippet snippet : Snippets.of(Kind.CHART)) {
            assertThat(snippet.text().lines())
                    .allMatch(
                            line -> line.split("#", 2)[0].strip().endsWith(" " + (line.length() - line.indexOf('#'))));
        }
    }

    @Test
    void theQueriesAskForMetricsThatThereAreByTagsThatTheyHave() throws Exception {
        for (Snippet snippet : Snippets.of(Kind.PROMQL)) {
            assertThat(METRIC.matcher(snippet.text()).results()).isNotEmpty().allMatch(ManualSnippetsTest::isThere);
        }
    }

    private static boolean isThere(MatchResult asked) {
        return Arrays.stream(Metric.values())
                .anyMatch(metric -> asked.group(1).matches(metric.id().replace('.', '_') + "(_seconds_count|_total)?")
                        && metric.tags().contains("database")
                        && (asked.group(2) == null || metric.tags().contains(asked.group(2))));
    }

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
            String code = allCode();
            assertThat(words.get(3).split(",")).allMatch(event -> code.contains('"' + event + '"'));
        } else if (List.of("flyway", "liquibase", "bin/kc.sh").contains(name)) {
            String run = Snippets.read(Snippet.ROOT.resolve("agent/src/test/java/io/rdsagent/it/jvms/ProductsIT.java"));
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

    /** Whoever looks for the words finds the place in the code: most come from its literals, three in a row. */
    @Test
    void whatTheAgentSaysIsInItsCode() throws Exception {
        Set<String> said = runs(allCode());
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

    private static String allCode() throws Exception {
        StringBuilder all = new StringBuilder();
        for (String folder : List.of("agent/src/main/java", "agent/src/launcher/java")) {
            try (var files = Files.walk(Snippet.ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> all.append(Snippets.read(file)).append('\n'));
            }
        }
        return all.toString();
    }
}
