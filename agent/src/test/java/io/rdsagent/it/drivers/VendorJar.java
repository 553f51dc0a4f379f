package io.rdsagent.it.drivers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;

/** A driver as a vendor ships it: its classes in another package, or a method under another name. */
final class VendorJar {

    /** All of a package, the texts that name its classes and the service's file among it, as a shading tool does it. */
    static Path moved(String library, String from, String to, Path into) throws IOException {
        return made(
                library,
                into,
                text -> text.replace(from.replace('.', '/'), to.replace('.', '/'))
                        .replace(from, to),
                UnaryOperator.identity());
    }

    static Path withMethodRenamed(String library, String from, String to, Path into) throws IOException {
        return made(library, into, UnaryOperator.identity(), name -> name.equals(from) ? to : name);
    }

    private static Path made(String library, Path into, UnaryOperator<String> names, UnaryOperator<String> methods)
            throws IOException {
        Path made = into.resolve("vendor.jar");
        try (JarFile jar =
                        new JarFile(Path.of("target", "lib", library + ".jar").toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(made))) {
            for (ZipEntry entry : jar.stream().toList()) {
                String name = entry.getName();
                if (!entry.isDirectory() && !name.startsWith("META-INF/versions") && !name.startsWith("module-info")) {
                    out.putNextEntry(new ZipEntry(names.apply(name)));
                    try (InputStream in = jar.getInputStream(entry)) {
                        out.write(content(name, in.readAllBytes(), names, methods));
                    }
                }
            }
        }
        return made;
    }

    private static byte[] content(
            String name, byte[] bytes, UnaryOperator<String> names, UnaryOperator<String> methods) {
        if (name.startsWith("META-INF/services/")) {
            return names.apply(new String(bytes, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        }
        if (!name.endsWith(".class")) {
            return bytes;
        }
        ClassWriter writer = new ClassWriter(0);
        new ClassReader(bytes)
                .accept(
                        new ClassRemapper(writer, new Remapper(Opcodes.ASM9) {
                            @Override
                            public String map(String type) {
                                return names.apply(type);
                            }

                            @Override
                            public String mapMethodName(String owner, String method, String descriptor) {
                                return methods.apply(method);
                            }

                            @Override
                            public Object mapValue(Object value) {
                                return value instanceof String text ? names.apply(text) : super.mapValue(value);
                            }
                        }),
                        0);
        return writer.toByteArray();
    }

    private VendorJar() {}
}
