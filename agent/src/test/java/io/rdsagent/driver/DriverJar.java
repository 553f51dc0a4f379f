package io.rdsagent.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Driver;
import java.util.List;
import java.util.stream.Stream;

/** A driver in one version, from the jars that the build has laid ready, in a loader of its own. */
record DriverJar(String name, Driver driver) {

    private static final Path JARS = Path.of("target", "lib");

    /** All versions of one family. */
    static List<DriverJar> of(String pattern, String type) {
        try (Stream<Path> jars = Files.list(JARS)) {
            return jars.filter(jar -> jar.getFileName().toString().matches(pattern))
                    .sorted()
                    .map(jar -> new DriverJar(jar.getFileName().toString(), load(jar, type)))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @SuppressWarnings("resource") // The driver is in use for as long as the tests run.
    private static Driver load(Path jar, String type) {
        try {
            ClassLoader loader =
                    new URLClassLoader(new URL[] {jar.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
            return (Driver) loader.loadClass(type).getConstructor().newInstance();
        } catch (ReflectiveOperationException | IOException unusable) {
            throw new IllegalStateException(unusable);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
