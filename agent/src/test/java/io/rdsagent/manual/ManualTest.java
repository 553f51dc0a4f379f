package io.rdsagent.manual;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.Keys;
import io.rdsagent.observe.metrics.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Keeps the README and the manual from naming what is not there. */
class ManualTest {

    private static final Path AGENT = Path.of(System.getProperty("basedir", System.getProperty("user.dir")));
    private static final Path ROOT = AGENT.toAbsolutePath().getParent();
    private static final Path PAGES = ROOT.resolve("src/site/markdown");

    private static final Pattern PROPERTY = Pattern.compile("(?<![\\w./])rdsagent\\.([a-z][a-z.-]*[a-z])");
    private static final Pattern VARIABLE = Pattern.compile("RDSAGENT_([A-Z][A-Z_]*[A-Z])");
    private static final Pattern FILE = Pattern.compile("`((?:agent|scripts|src|testapps)(?:/[\\w.-]+)+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^### (.+)$");
    private static final Pattern HOOK = Pattern.compile("(?m)^[^#\\s].* (\\S+?)\\??$");
    private static final Pattern COMMENT = Pattern.compile("(?s)<!--(.*?)-->");
    /** Where a text goes on in the next literal. */
    private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");
    /** Shown as what a slip looks like. */
    private static final String SLIP = "lifetme";

    @Test
    void everyKeyThatIsNamedIsOne() {
        List<String> keys = Keys.all().stream().map(key -> key.name()).collect(Collectors.toCollection(ArrayList::new));
        keys.add(SLIP);
        for (Metric metric : Metric.values()) {
            keys.add(metric.id().replaceFirst("^rdsagent\\.", ""));
        }
        List<String> variables = keys.stream().map(ManualTest::asVariable).toList();

        assertThat(inAllPages(PROPERTY)).isNotEmpty().allMatch(name -> isOneOf(keys, name, "db.", "."));
        assertThat(inAllPages(VARIABLE)).isNotEmpty().allMatch(name -> isOneOf(variables, name, "DB_", "_"));
    }

    @Test
    void everyRelativeLinkLeadsToAFile() {
        for (Path page : pages()) {
            assertThat(found(LINK, text(page)).filter(link -> !link.contains("://")))
                    .as("links of %s", page)
                    .allSatisfy(link -> assertThat(target(page, link.replaceFirst("#.*", "")))
                            .exists());
        }
    }

    @Test
    void everyFileThatIsNamedExistsUnlessItIsBuilt() {
        assertThat(inAllPages(FILE).filter(path -> !path.contains("/target/")))
                .isNotEmpty()
                .allSatisfy(path -> assertThat(ROOT.resolve(path)).exists());
    }

    @Test
    void everyHookOfTheTableOfTargetsIsExplained() {
        String table = text(ROOT.resolve("agent/src/main/resources/rdsagent-targets"));
        String page = text(PAGES.resolve("how-it-works.md"));

        assertThat(found(HOOK, table))
                .isNotEmpty()
                .allSatisfy(hook -> assertThat(page).contains("| `" + hook + "` |"));
    }

    @Test
    void everyMessageThatIsExplainedIsOneThatTheCodeSays() {
        String code = JOINT.matcher(sources()).replaceAll("");

        assertThat(found(MESSAGE, text(PAGES.resolve("troubleshooting.md"))))
                .isNotEmpty()
                .allMatch(code::contains);
    }

    @Test
    void theBalancersFilesAreShownAsTheyAre() {
        String page = text(PAGES.resolve("balancers.md"));

        assertThat(files(ROOT.resolve("src/site/resources/balancers"), ""))
                .hasSizeGreaterThan(1)
                .allSatisfy(file -> assertThat(page)
                        .contains(text(file).replaceAll("(?m)^(?=.)", "    ").trim()));
    }

    /** The site is XML on its way, which has no two dashes in a comment; it was not built for a while because of some. */
    @Test
    void noCommentHasWhatTheSiteCanNotBeBuiltWith() {
        assertThat(inAllPages(COMMENT)).isNotEmpty().noneMatch(comment -> comment.contains("--"));
    }

    @Test
    void everyPageIsInTheMenu() {
        String menu = text(ROOT.resolve("src/site/site.xml"));

        assertThat(pages().stream().filter(page -> page.startsWith(PAGES)))
                .isNotEmpty()
                .allSatisfy(page -> assertThat(menu)
                        .contains("href=\"" + page.getFileName().toString().replace(".md", ".html") + "\""));
    }

    /** Pictures lie where the site takes them from, not beside the page. */
    private static Path target(Path page, String link) {
        return link.startsWith("images/")
                ? ROOT.resolve("src/site/resources").resolve(link)
                : page.resolveSibling(link);
    }

    private static String asVariable(String key) {
        return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static boolean isOneOf(List<String> keys, String name, String database, String separator) {
        return keys.contains(name)
                || (name.startsWith(database) && keys.stream().anyMatch(key -> name.endsWith(separator + key)));
    }

    private static Stream<String> inAllPages(Pattern pattern) {
        return pages().stream().flatMap(page -> found(pattern, text(page)));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.results().map(match -> match.group(1));
    }

    private static List<Path> pages() {
        List<Path> pages = new ArrayList<>(files(PAGES, ".md"));
        pages.add(ROOT.resolve("README.md"));
        return pages;
    }

    private static String sources() {
        return Stream.of("agent/src/main/java", "agent/src/launcher/java")
                .flatMap(folder -> files(ROOT.resolve(folder), ".java").stream())
                .map(ManualTest::text)
                .collect(Collectors.joining("\n"));
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(
                            file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
