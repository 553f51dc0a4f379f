package io.rdsagent.manual;

/** What a snippet is, told by what it looks like; the first that fits. Each is looked at, or executed, in its own way. */
public enum Kind {
    /** A file of the manual's, word for word. The tests of balancers and deployments run them. */
    FILE(true),
    DRAWING(true),
    CHART(true),
    JAVA(true),
    TARGETS(false),
    PROMQL(false),
    JSON(false),
    XML(false),
    YAML(false),
    SQL(false),
    URL(false),
    SETTINGS(false),
    /** Settings of somebody else's, into which the agent's user puts an URL. */
    OTHERS_SETTINGS(false),
    COMMANDS(false),
    /** Of the JVM, a driver or a table of figures: what no literal of the agent's says. */
    OTHERS_WORDS(false),
    /** What the agent says. It is looked for in its code. */
    WORDS(false);

    private final boolean whole;

    Kind(boolean whole) {
        this.whole = whole;
    }

    /** Whether it may hold empty lines. */
    boolean isWhole() {
        return whole;
    }

    boolean fits(String text) {
        return switch (this) {
            case FILE -> Snippets.isFile(text);
            case DRAWING -> text.contains("--->");
            case CHART -> text.lines().allMatch(line -> line.matches(" *\\d+:\\d\\d +\\d+ #+"));
            case JAVA -> text.startsWith("import java");
            case TARGETS -> text.matches("[a-z]+(/\\w+)+ \\S+ \\(.*");
            case PROMQL -> text.contains("sum by (");
            case JSON -> text.startsWith("{\n");
            case XML -> text.startsWith("<");
            case YAML -> text.matches("(?s)\\w+:\n  .*");
            case SQL -> text.matches("(?s)(CREATE|GRANT|ALTER|REVOKE|SELECT|SHOW) .*;");
            case URL -> text.matches("jdbc:\\S+");
            case SETTINGS -> Snippets.isSettings(text);
            case OTHERS_SETTINGS ->
                text.contains("jdbc:") && text.lines().allMatch(line -> line.matches("#.*|[a-zA-Z.-]+ ?= ?[^#]*"));
            case COMMANDS -> Snippets.COMMANDS.stream().anyMatch(command -> text.matches("(?s)" + command + "( .*|)"));
            case OTHERS_WORDS -> Snippets.OTHERS_WORDS.stream().anyMatch(text::startsWith);
            case WORDS -> text.contains(" ");
        };
    }
}
