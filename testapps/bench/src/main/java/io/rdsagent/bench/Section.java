package io.rdsagent.bench;

import java.util.List;

/**
 * What one benchmark found.
 *
 * @param title what was asked
 * @param rows the ratios
 * @param notes what a reader has to know to read them right
 */
record Section(String title, List<Row> rows, List<String> notes) {

    Section {
        rows = List.copyOf(rows);
        notes = List.copyOf(notes);
    }
}
