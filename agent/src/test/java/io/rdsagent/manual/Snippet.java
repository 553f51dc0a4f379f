package io.rdsagent.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the README or the manual shows as it is: the lines that are indented, or between fences, without what indents them.
 *
 * @param page its file's name
 * @param line where it begins
 */
public record Snippet(String page, int line, String text) {

    public static final Path ROOT = Path.of(System.getProperty("basedir", System.getProperty("user.dir")))
            .toAbsolutePath()
            .getParent();

    private static final Path PAGES = ROOT.resolve("src/site/markdown");
    private static final String INDENT = "    ";
    private static final String FENCE = "```";

    public static List<Snippet> all() throws IOException {
        List<Snippet> all = new ArrayList<>(of(ROOT.resolve("README.md")));
        try (Stream<Path> pages = Files.list(PAGES)) {
            for (Path page : pages.filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList()) {
                all.addAll(of(page));
            }
        }
        return all;
    }

    /** What stands between two empty lines: a command, and below it what it says. */
    public List<Snippet> paragraphs() {
        List<Snippet> parts = new ArrayList<>();
        int at = line;
        for (String part : text.split("\n\n")) {
            parts.add(new Snippet(page, at, part.strip().isEmpty() ? part : part.stripTrailing()));
            at += (int) part.lines().count() + 1;
        }
        return parts;
    }

    public String firstLine() {
        return text.lines().findFirst().orElse("");
    }

    private static List<Snippet> of(Path page) throws IOException {
        List<Snippet> found = new ArrayList<>();
        List<String> lines = Files.readAllLines(page);
        for (int i = 0; i < lines.size(); i++) {
            boolean fenced = lines.get(i).strip().startsWith(FENCE);
            if (!fenced
                    && !(isIndented(lines.get(i)) && (i == 0 || lines.get(i - 1).isBlank()))) {
                continue;
            }
            int from = fenced ? i + 1 : i;
            int to = from;
            while (to < lines.size()
                    && (fenced
                            ? !lines.get(to).strip().startsWith(FENCE)
                            : isIndented(lines.get(to)) || lines.get(to).isBlank())) {
                to++;
            }
            String text =
                    String.join("\n", lines.subList(from, to)).stripTrailing().stripIndent();
            found.add(new Snippet(page.getFileName().toString(), from + 1, text));
            i = to;
        }
        return found;
    }

    private static boolean isIndented(String line) {
        return line.startsWith(INDENT) && !line.isBlank();
    }

    @Override
    public String toString() {
        return page + ":" + line + " " + firstLine();
    }
}
