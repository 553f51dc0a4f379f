package io.rdsagent.bench;

import io.rdsagent.bench.program.Witness;
import io.rdsagent.bench.program.Workout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which methods of the driver and the pool the agent changed, by the bytes that the JVM was given. */
final class ClassBytes {

    private final Lab lab;

    ClassBytes(Lab lab) {
        this.lab = lab;
    }

    /** One sentence on how many classes there are, then one for each that differs. */
    List<String> differences() throws IOException {
        Path jar = Jars.agent(lab.folder(), Witness.class, true);
        Map<String, byte[]> without = seen("without", lab.sides().bare(), jar);
        Map<String, byte[]> with = seen("with", lab.sides().agent(), jar);
        List<String> changes = new ArrayList<>();
        int same = 0;
        for (Map.Entry<String, byte[]> loaded : with.entrySet()) {
            byte[] original = without.get(loaded.getKey());
            if (original == null || Arrays.equals(original, loaded.getValue())) {
                same++;
            } else {
                // As code: a page would take a constructor's name for an element of HTML.
                changes.add(ClassFile.parse(original).differences(ClassFile.parse(loaded.getValue())).stream()
                        .collect(Collectors.joining("`, `", loaded.getKey() + ": `", "`")));
            }
        }
        List<String> notes = new ArrayList<>();
        notes.add("Class bytes as the JVM got them, statements and prepared statements through a pool: " + same + " of "
                + with.size() + " classes of pgjdbc and HikariCP are the same to the byte. In the others only these"
                + " methods differ:");
        notes.addAll(changes);
        return notes;
    }

    private Map<String, byte[]> seen(String name, List<String> options, Path witness) throws IOException {
        Path folder = Files.createDirectory(lab.folder().resolve(name));
        lab.stopwatch()
                .run(Program.of(Workout.class, ClassPaths.pool())
                        .with(options)
                        .with("-javaagent:" + witness + "=" + folder));
        Map<String, byte[]> classes = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                classes.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return classes;
    }
}
