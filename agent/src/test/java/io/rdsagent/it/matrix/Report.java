package io.rdsagent.it.matrix;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Tables with their footnotes, as Markdown, which a terminal shows as well. Tables that agree are shown once. */
public final class Report {

    private final List<Table> tables = new ArrayList<>();

    /** The table of this name, an empty one at first. */
    public Table table(String of, String product, String version) {
        return tables.stream()
                .filter(table -> table.of().equals(of)
                        && table.product().equals(product)
                        && table.version().equals(version))
                .findFirst()
                .orElseGet(() -> {
                    tables.add(new Table(of, product, version));
                    return tables.get(tables.size() - 1);
                });
    }

    public void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, toString());
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        List<String> notes = new ArrayList<>();
        for (List<Table> same : agreeing()) {
            Table table = same.get(0);
            String versions = same.stream().map(Table::version).collect(Collectors.joining(", "));
            text.append("### ").append(table.of()).append(" on ").append(table.product());
            text.append(versions.isEmpty() ? "" : " " + versions).append("\n\n");
            append(text, table, notes);
        }
        for (int i = 0; i < notes.size(); i++) {
            text.append('[').append(i + 1).append("] ").append(notes.get(i)).append("\n\n");
        }
        return text.toString();
    }

    private List<List<Table>> agreeing() {
        List<List<Table>> groups = new ArrayList<>();
        for (Table table : tables) {
            groups.stream()
                    .filter(group -> group.get(0).agreesWith(table))
                    .findFirst()
                    .orElseGet(() -> {
                        groups.add(new ArrayList<>());
                        return groups.get(groups.size() - 1);
                    })
                    .add(table);
        }
        return groups;
    }

    private static void append(StringBuilder text, Table table, List<String> notes) {
        List<List<String>> lines = new ArrayList<>();
        List<String> columns = table.columns();
        List<String> head = new ArrayList<>(List.of(""));
        head.addAll(columns);
        lines.add(head);
        for (String row : table.rows().keySet()) {
            List<String> line = new ArrayList<>(List.of(row));
            columns.forEach(column -> line.add(shown(table.cell(row, column), notes)));
            lines.add(line);
        }
        List<Integer> widths = widths(lines);
        for (int i = 0; i < lines.size(); i++) {
            appendLine(text, lines.get(i), widths, " ");
            if (i == 0) {
                appendLine(text, lines.get(0).stream().map(name -> "").toList(), widths, "-");
            }
        }
        text.append('\n');
    }

    /** A cell that was not tried is empty. */
    private static String shown(Cell cell, List<String> notes) {
        if (cell == null) {
            return "";
        }
        return cell.mark()
                + cell.note()
                        .map(note -> {
                            if (!notes.contains(note)) {
                                notes.add(note);
                            }
                            return " [" + (notes.indexOf(note) + 1) + "]";
                        })
                        .orElse("");
    }

    private static List<Integer> widths(List<List<String>> lines) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < lines.get(0).size(); column++) {
            int at = column;
            widths.add(
                    lines.stream().mapToInt(line -> line.get(at).length()).max().orElse(0));
        }
        return widths;
    }

    private static void appendLine(StringBuilder text, List<String> line, List<Integer> widths, String filler) {
        for (int i = 0; i < line.size(); i++) {
            text.append("| ").append(line.get(i));
            text.append(filler.repeat(widths.get(i) - line.get(i).length())).append(' ');
        }
        text.append("|\n");
    }
}
