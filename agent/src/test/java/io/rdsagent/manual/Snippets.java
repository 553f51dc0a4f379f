package io.rdsagent.manual;

import io.rdsagent.config.Keys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The manual's snippets by their kind. */
public final class Snippets {

    /** As a regular expression, with what may stand before the command itself. */
    static final List<String> COMMANDS = List.of(
            "(\\w+=\\S+ )?java",
            "PGPASSWORD=\\$\\(java",
            "scripts/\\S+",
            "mvn",
            "javac",
            "jcmd",
            "export",
            "aws",
            "bin/kc.sh",
            "flyway",
            "liquibase",
            "schematool",
            "start-metastore",
            "CATALINA_OPTS=\"\\$CATALINA_OPTS -javaagent:\\S+\"");

    static final List<String> OTHERS_WORDS =
            List.of("Error opening zip file", "org.postgresql.util.PSQLException: ", "PID      AGENT ");

    private static final Set<String> SHOWN = shown();
    private static final String SETTING = "(?:rdsagent\\.)?(?:db\\.\\w+\\.)?([a-z.-]+)=\\S[^(]*";

    /** Whole ones as they are, others by their paragraphs. */
    public static List<Snippet> of(Kind kind) throws IOException {
        List<Snippet> found = new ArrayList<>();
        for (Snippet snippet : Snippet.all()) {
            for (Snippet part : parts(snippet)) {
                if (kindOf(part) == kind) {
                    found.add(part);
                }
            }
        }
        return found;
    }

    static List<Snippet> parts(Snippet snippet) {
        Kind kind = kindOf(snippet);
        return kind != null && kind.isWhole() ? List.of(snippet) : snippet.paragraphs();
    }

    /** Null if it is of none that is known. */
    static Kind kindOf(Snippet snippet) {
        for (Kind kind : Kind.values()) {
            if (kind.fits(snippet.text())) {
                return kind;
            }
        }
        return null;
    }

    static boolean isSettings(String text) {
        return text.lines()
                .allMatch(line -> line.matches(SETTING)
                        && Keys.all().stream().anyMatch(key -> key.name().equals(line.replaceFirst(SETTING, "$1"))));
    }

    static boolean isFile(String text) {
        return SHOWN.contains(text.strip());
    }

    private static Set<String> shown() {
        try (Stream<Path> files = Files.walk(Snippet.ROOT.resolve("src/site/resources"))) {
            return files.filter(file -> file.toString().matches(".*\\.(cfg|conf|yaml|json)|.*/Dockerfile"))
                    .map(file -> read(file).strip())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** All that the agent's own code says. */
    static String code() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String folder : List.of("agent/src/main/java", "agent/src/launcher/java")) {
            try (Stream<Path> files = Files.walk(Snippet.ROOT.resolve(folder))) {
                files.filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> all.append(read(file)).append('\n'));
            }
        }
        return all.toString();
    }

    private Snippets() {}
}
