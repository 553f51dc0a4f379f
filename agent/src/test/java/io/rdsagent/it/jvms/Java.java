package io.rdsagent.it.jvms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A Java that this machine has.
 *
 * @param version its first number
 * @param home with {@code bin/java}, as start scripts want it
 */
record Java(int version, Path home) {

    private static final Path SHIMS = Path.of("target", "jvms", "java").toAbsolutePath();

    /** The build's own, or the one that {@code RDSAGENT_JAVA_n} says how to start. */
    static Optional<Java> of(int version) {
        if (Runtime.version().feature() == version) {
            return Optional.of(new Java(version, Path.of(System.getProperty("java.home"))));
        }
        return Optional.ofNullable(System.getenv("RDSAGENT_JAVA_" + version))
                .map(command -> new Java(version, shim(version, command)));
    }

    /** A home with no more than the start scripts look for. */
    private static Path shim(int version, String command) {
        Path home = SHIMS.resolve(String.valueOf(version));
        Path java = home.resolve("bin/java");
        try {
            Files.createDirectories(java.getParent());
            Files.writeString(java, "#!/bin/sh\nexec " + command + " \"$@\"\n");
            Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
            if (version > 8) {
                // Liberty's script opens packages to it where this is, and has no JNDI otherwise.
                Files.createDirectories(home.resolve("lib"));
                Files.writeString(home.resolve("lib/modules"), "");
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
        return home;
    }

    /** Whether it reads {@code jdk.net.hosts.file}, and {@code JDK_JAVA_OPTIONS}. */
    boolean isModular() {
        return version > 8;
    }

    String command() {
        return home.resolve("bin/java").toString();
    }
}
