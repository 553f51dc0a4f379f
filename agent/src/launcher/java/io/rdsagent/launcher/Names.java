package io.rdsagent.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.HashSet;
import java.util.Set;

/** The class names that open the gate: the first column of the core's own table of targets. */
final class Names {

    private static final String TABLE = "/rdsagent-targets";

    static Set<String> read() throws IOException {
        InputStream table = Names.class.getResourceAsStream(TABLE);
        if (table == null) {
            throw new IOException("the agent's jar has no " + TABLE);
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(table, "UTF-8"));
        try {
            return firstColumn(lines);
        } finally {
            lines.close();
        }
    }

    private static Set<String> firstColumn(BufferedReader lines) throws IOException {
        Set<String> names = new HashSet<String>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int end = line.indexOf(' ');
            if (end > 0 && line.charAt(0) != '#') {
                names.add(line.substring(0, end));
            }
        }
        return names;
    }

    private Names() {}
}
