package io.rdsagent.it.jvms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Programs that are compiled as they are needed, against what the server or framework in question offers them. */
final class Sources {

    private static final Path PROGRAMS = Path.of("src", "programs");

    /**
     * Compiles {@code com.example.Pulse} and another class beside it.
     *
     * @param kind the folder of the class, and so its name
     * @param namespace {@code javax} or {@code jakarta}
     */
    static void compile(String kind, String name, String namespace, List<Path> libraries, Path into)
            throws IOException {
        Files.createDirectories(into);
        String text = Files.readString(PROGRAMS.resolve(kind).resolve("com/example/" + name + ".java"))
                .replace("javax.servlet", namespace + ".servlet");
        Path source = Files.createDirectories(into.resolveSibling(into.getFileName() + "-source"))
                .resolve(name + ".java");
        Files.writeString(source, text);
        String classPath = Stream.concat(libraries.stream(), Stream.of(Path.of("target", "programs")))
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        List<String> arguments = List.of(
                "--release",
                namespace.equals("javax") ? "8" : "17",
                "-nowarn",
                "-proc:none",
                "-d",
                into.toString(),
                "-cp",
                classPath,
                source.toString(),
                PROGRAMS.resolve("java/com/example/Pulse.java").toString());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        if (ToolProvider.getSystemJavaCompiler().run(null, said, said, arguments.toArray(new String[0])) != 0) {
            throw new AssertionError(said.toString(UTF_8));
        }
    }

    private Sources() {}
}
