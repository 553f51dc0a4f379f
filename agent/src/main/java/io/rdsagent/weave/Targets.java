package io.rdsagent.weave;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The table of targets: every method of every driver and pool that is changed, and how. */
public final class Targets {

    private static final String TABLE = "/rdsagent-targets";

    private final List<Target> rows;
    private final Map<String, List<Target>> byType = new HashMap<>();

    Targets(List<Target> rows) {
        this.rows = Collections.unmodifiableList(rows);
        for (Target target : rows) {
            byType.computeIfAbsent(target.type, type -> new ArrayList<>()).add(target);
        }
    }

    /** @throws IOException when the agent's jar is damaged */
    public static Targets read() throws IOException {
        try (InputStream in = Targets.class.getResourceAsStream(TABLE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<Target> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isEmpty() && line.charAt(0) != '#') {
                    rows.add(Target.parse(rows.size(), line));
                }
            }
            return new Targets(rows);
        }
    }

    /**
     * The same and, for each class that has another name in a vendor's copy, its rows again under that name.
     *
     * @param moved the other name of a class or package, by Java's spelling, and the one that the table knows it by
     */
    public Targets with(Map<String, String> moved) {
        List<Target> all = new ArrayList<>(rows);
        for (Map.Entry<String, String> names : moved.entrySet()) {
            for (Target known : rows) {
                Target row = known.moved(all.size(), internal(names.getValue()), internal(names.getKey()));
                // The same place twice, by a package and by one within it, would be woven twice.
                if (row != null && all.stream().noneMatch(row::isSameAs)) {
                    all.add(row);
                }
            }
        }
        return new Targets(all);
    }

    private static String internal(String name) {
        return name.replace('.', '/');
    }

    /** Whether this class (by its Java name) is where an application's wish for a connection arrives. */
    public boolean isDriver(String type) {
        for (Target target : of(internal(type))) {
            if (target.hook.equals("connect")) {
                return true;
            }
        }
        return false;
    }

    /** The rows of the class with this internal name; empty for a class that is not changed. */
    List<Target> of(String type) {
        return byType.getOrDefault(type, Collections.emptyList());
    }

    List<Target> rows() {
        return rows;
    }
}
