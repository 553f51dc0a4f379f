package io.rdsagent.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sections for a person: in columns for a terminal, in Markdown for the manual. */
final class Report {

    private static final List<String> HEAD =
            List.of("what", "who / whom", "ratio", "quartiles", "range", "rounds", "medians", "target");

    static String text(Section section) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(HEAD);
        section.rows().forEach(row -> lines.add(cells(row)));
        StringBuilder text = new StringBuilder("\n").append(section.title()).append('\n');
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder(" ");
            for (int column = 0; column < line.size(); column++) {
                padded.append(' ').append(pad(line.get(column), width(lines, column)));
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
        section.notes().forEach(note -> text.append("  - ").append(note).append('\n'));
        return text.toString();
    }

    static String markdown(List<Section> sections) {
        StringBuilder text = new StringBuilder();
        for (Section section : sections) {
            text.append("### ").append(section.title()).append("\n\n");
            text.append(line(HEAD))
                    .append("|")
                    .append("---|".repeat(HEAD.size()))
                    .append('\n');
            section.rows().forEach(row -> text.append(line(cells(row))));
            text.append('\n');
            section.notes().forEach(note -> text.append("- ").append(note).append('\n'));
            text.append('\n');
        }
        return text.toString();
    }

    private static List<String> cells(Row row) {
        return List.of(
                row.what(),
                row.sides(),
                String.format(Locale.ROOT, "%.2f", row.ratio().median()),
                row.ratio().quartiles(),
                row.ratio().range(),
                Integer.toString(row.ratio().count()),
                row.figures(),
                row.targetText());
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    private static int width(List<List<String>> lines, int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0) + 1;
    }

    private static String pad(String cell, int width) {
        return cell + " ".repeat(width - cell.length());
    }

    private Report() {}
}
