package io.rdsagent.localrds;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/** A PostgreSQL data directory: made and copied. */
final class PostgresData {

    /** Files that belong to the running server and not to its data. */
    private static final Set<String> OF_THE_PROCESS =
            Set.of("postmaster.pid", "postmaster.opts", "standby.signal", "recovery.signal", "backup_label");

    /** Folders that a copy must have, empty. */
    private static final Set<String> EMPTIED = Set.of("pg_dynshmem", "pg_notify", "pg_replslot", "pg_stat_tmp");

    private PostgresData() {}

    static void initialise(PostgresBinaries binaries, Unprivileged user, Path data, String password)
            throws IOException {
        createPrivate(data);
        Path passwordFile = data.resolveSibling("password");
        Files.writeString(passwordFile, password + "\n");
        user.handOver(data);
        user.handOver(passwordFile);
        user.run(
                List.of(
                        binaries.initdb(),
                        "--pgdata=" + data,
                        "--username=" + AdminClient.USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-sync"),
                data,
                data.resolveSibling("initdb.log"));
        Files.delete(passwordFile);
    }

    /** Copies the data of a stopped server, or of a running one between backup start and stop. */
    static void copy(Path source, Path target) throws IOException {
        Files.walkFileTree(source, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                createPrivate(target.resolve(source.relativize(directory)));
                boolean emptied = EMPTIED.contains(source.relativize(directory).toString());
                return emptied ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!OF_THE_PROCESS.contains(source.relativize(file).toString())) {
                    copyIfStillThere(file, target.resolve(source.relativize(file)));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    private static void createPrivate(Path directory) throws IOException {
        Files.createDirectory(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private static void copyIfStillThere(Path file, Path target) throws IOException {
        try {
            Files.copy(file, target);
        } catch (NoSuchFileException e) {
            // A running server removes temporary files and old WAL while they are copied; the WAL it streams makes up
            // for them.
            Files.deleteIfExists(target);
        }
    }
}
