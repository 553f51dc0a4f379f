package io.rdsagent.demo;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Appends lines, with colours where a terminal has them. */
final class Screen {

    private static final int WIDTH = 112;

    private final PrintStream out;
    private final Ansi ansi = Ansi.AUTO;
    private boolean over;

    Screen(PrintStream out) {
        this.out = out;
    }

    synchronized void line(String text) {
        if (!over) {
            out.println(text);
            out.flush();
        }
    }

    /** Nothing more is shown. */
    synchronized void end() {
        over = true;
    }

    /** Says, unless all is over, that somebody wants it to be. */
    synchronized void interrupted() {
        bad("   Interrupted: the application and the servers are ended. There is no verdict.");
        end();
    }

    void blank() {
        line("");
    }

    void title(String text) {
        blank();
        line(styled("bold", text));
    }

    void good(String text) {
        line(styled("bold,green", text));
    }

    void bad(String text) {
        line(styled("bold,red", text));
    }

    /** Something that the demo does or that somebody says, broken at the screen's width, its further lines indented. */
    void said(String who, String style, String text) {
        String indent = " ".repeat(who.length());
        List<String> lines = wrap(text, WIDTH - who.length());
        for (int i = 0; i < lines.size(); i++) {
            line(styled(style, (i == 0 ? who : indent) + lines.get(i)));
        }
    }

    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Not by picocli's markup, which would read the text too. */
    private String styled(String style, String text) {
        if (!ansi.enabled() || style.isEmpty()) {
            return text;
        }
        Ansi.IStyle[] styles = Ansi.Style.parse(style);
        return Ansi.Style.on(styles) + text + Ansi.Style.reset.on();
    }
}
