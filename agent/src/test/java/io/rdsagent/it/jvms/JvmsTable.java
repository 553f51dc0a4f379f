package io.rdsagent.it.jvms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rdsagent.it.matrix.Cell;
import io.rdsagent.it.matrix.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The table that {@code scripts/matrix jvms} prints, which several tests fill, two of them at a time in JVMs of their own. */
public final class JvmsTable {

    private static final Path FILE = Path.of("target", "matrix", "jvms.md");
    /** What is known so far: for each cell a line with its table, row and column. */
    private static final Path CELLS = Path.of("target", "matrix", "jvms.cells");

    private static final List<String> ORDER = List.of("Containers", "Products", "Agents in this order");

    /** @param of what stands in the rows */
    @SuppressWarnings("try") // The lock is held, not used.
    public static synchronized void ok(String of, String row, String column) {
        try {
            Files.createDirectories(CELLS.getParent());
            try (FileChannel cells = FileChannel.open(CELLS, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock alone = cells.lock()) {
                cells.position(cells.size());
                cells.write(ByteBuffer.wrap((of + "\t" + row + "\t" + column + "\n").getBytes(UTF_8)));
                report(Files.readAllLines(CELLS)).write(FILE);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    private static Report report(List<String> lines) {
        Report report = new Report();
        for (String of : ORDER) {
            lines.stream()
                    .map(line -> line.split("\t"))
                    .filter(cell -> cell[0].equals(of))
                    .forEach(cell -> report.table(of, "Java", "").put(cell[1], cell[2], Cell.ok()));
        }
        return report;
    }

    /** Whether it is among what the person who runs it wants to see; all is, where nothing is named. */
    public static boolean wants(String row) {
        return row.contains(System.getProperty("matrix.only", ""));
    }

    private JvmsTable() {}
}
