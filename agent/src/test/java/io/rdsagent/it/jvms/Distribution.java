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
 * @param artifact group:artifact:type:version, or group:artifact:type:classifier:version, of a zip or tar.gz
 */
record Distribution(String artifact) {

    /** Unpacks it into an empty folder, without the folder that all of it is in. */
    void unpack(Path into) throws IOException {
        File archive = fetch();
        if (archive.getName().endsWith(".tar.gz")) {
            untar(archive, into);
        } else {
            unzip(archive, into);
        }
    }

    /** Its POM may name what Maven Central doesn't have. */
    private File fetch() {
        return Maven.resolver()
                .addDependency(MavenDependencies.createDependency(
                        artifact, ScopeType.COMPILE, false, MavenDependencies.createExclusion("*", "*")))
                .resolve()
                .withoutTransitivity()
                .asSingleFile();
    }

    private static void untar(File archive, Path into) throws IOException {
        Files.createDirectories(into);
        Process tar = new ProcessBuilder("tar", "xzf", archive.getPath(), "--strip-components=1", "-C", into.toString())
                .inheritIO()
                .start();
        if (tar.onExit().join().exitValue() != 0) {
            throw new IOException("could not be unpacked: " + archive);
        }
    }

    private static void unzip(File zip, Path into) throws IOException {
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
