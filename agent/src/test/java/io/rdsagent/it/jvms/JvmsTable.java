package io.rdsagent.it.jvms;

import io.rdsagent.it.matrix.Cell;
import io.rdsagent.it.matrix.Report;
import java.nio.file.Path;

/** The table that {@code scripts/matrix jvms} prints, which several tests fill. */
public final class JvmsTable {

    private static final Path FILE = Path.of("target", "matrix", "jvms.md");
    private static final Report REPORT = new Report();

    /** @param of what stands in the rows */
    public static synchronized void ok(String of, String row, String column) {
        REPORT.table(of, "Java", "").put(row, column, Cell.ok());
        REPORT.write(FILE);
    }

    private JvmsTable() {}
}
