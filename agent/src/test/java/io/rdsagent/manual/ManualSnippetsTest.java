package io.rdsagent.manual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.rdsagent.config.Config;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.observe.metrics.Metric;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
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
}
