package io.rdsagent.bench.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;

/**
 * Keeps the bytes of the driver's and the pool's classes as the JVM gets them. Named last on the command line, it sees
 * what the agents before it made of a class.
 */
public final class Witness implements ClassFileTransformer {

    private final Path folder;

    private Witness(Path folder) {
        this.folder = folder;
    }

    public static void premain(String argument, Instrumentation instrumentation) {
        // Retransformers come after all others, in the order in which they were added.
        instrumentation.addTransformer(new Witness(Path.of(argument)), true);
    }

    @Override
    public byte[] transform(ClassLoader owner, String name, Class<?> loaded, ProtectionDomain domain, byte[] bytes) {
        if (name != null && (name.startsWith("org/postgresql/") || name.startsWith("com/zaxxer/hikari/"))) {
            try {
                Files.write(folder.resolve(name.replace('/', '.')), bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return null;
    }
}
