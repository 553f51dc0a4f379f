package io.rdsagent.it.jvms;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.jboss.shrinkwrap.resolver.api.maven.ScopeType;
import org.jboss.shrinkwrap.resolver.api.maven.coordinate.MavenDependencies;

/**
 * A server or product as its makers publish it.
 *
 * @param artifact group:artifact:type:version of a zip
 */
record Distribution(String artifact) {

    /** Unpacks it into an empty folder, without the folder that all of it is in. */
    void unpack(Path into) throws IOException {
        // Its POM may name what Maven Central doesn't have.
        File zip = Maven.resolver()
                .addDependency(MavenDependencies.createDependency(
                        artifact, ScopeType.COMPILE, false, MavenDependencies.createExclusion("*", "*")))
                .resolve()
                .withoutTransitivity()
                .asSingleFile();
        try (InputStream in = Files.newInputStream(zip.toPath());
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path name = Path.of(entry.getName());
                if (name.getNameCount() > 1) {
                    write(
                            entry,
                            entries,
                            into.resolve(name.subpath(1, name.getNameCount())).normalize());
                }
            }
        }
    }

    private static void write(ZipEntry entry, InputStream content, Path to) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(to);
            return;
        }
        Files.createDirectories(to.getParent());
        Files.copy(content, to);
        if (to.getParent().endsWith("bin")) {
            Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
