package io.rdsagent.it.matrix;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table of cells, filled one by one. Rows and columns stand in the order in which they were first named.
 *
 * @param of what the columns are, as in {@code pgjdbc}
 * @param product what it was tried on, as in {@code PostgreSQL}
 * @param version of that, as in {@code 14}
 * @param rows the cells, by the row's and then by the column's head
 */
public record Table(String of, String product, String version, Map<String, Map<String, Cell>> rows) {

    Table(String of, String product, String version) {
        this(of, product, version, new LinkedHashMap<>());
    }

    public void put(String row, String column, Cell cell) {
        rows.computeIfAbsent(row, name -> new LinkedHashMap<>()).put(column, cell);
    }

    List<String> columns() {
        List<String> columns = new ArrayList<>();
        rows.values()
                .forEach(row -> row.keySet().stream()
                        .filter(column -> !columns.contains(column))
                        .forEach(columns::add));
        // Versions of Java, say; rows need not all have been tried on the oldest.
        if (columns.stream().allMatch(column -> column.matches("\\d{1,9}"))) {
            columns.sort(Comparator.comparingInt(Integer::parseInt));
        }
        return columns;
    }

    Cell cell(String row, String column) {
        return rows.get(row).get(column);
    }

    /** Whether the other says the same of another version of the same product. */
    boolean agreesWith(Table other) {
        return of.equals(other.of) && product.equals(other.product) && rows.equals(other.rows);
    }
}
