package io.rdsagent.localrds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The user that the servers run as. PostgreSQL refuses to run as root, so root's servers run as {@code nobody} by
 * {@code setpriv} of util-linux; everybody else's run as they are.
 */
final class Unprivileged {

    private final Optional<Account> account;

    private Unprivileged(Optional<Account> account) {
        this.account = account;
    }

    private record Account(int uid, int gid) {}

    static Unprivileged detect() throws IOException {
        boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        return new Unprivileged(root ? Optional.of(nobody()) : Optional.empty());
    }

    private static Account nobody() throws IOException {
        for (String line : Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
            String[] fields = line.split(":", -1);
            if (fields[0].equals("nobody")) {
                return new Account(Integer.parseInt(fields[2]), Integer.parseInt(fields[3]));
            }
        }
        throw new LocalRdsException("PostgreSQL does not run as root, and /etc/passwd has no user nobody to run it as."
                + " Start this as another user.");
    }

    /** Throws if the servers' user could not get to this folder. */
    void requirePassage(Path folder) throws IOException {
        if (account.isEmpty()) {
            return;
        }
        for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
            if (!Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new LocalRdsException("The servers run as nobody, because PostgreSQL refuses to run as root, and "
                        + above + " is closed to nobody. Choose a folder elsewhere: LocalRdsBuilder.directory, or"
                        + " -Djava.io.tmpdir=FOLDER.");
            }
        }
    }

    /** Gives the file or folder and all that is in it to the servers' user. */
    void handOver(Path path) throws IOException {
        if (account.isEmpty()) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                return give(directory);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                return give(file);
            }
        });
    }

    private FileVisitResult give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", account.orElseThrow().uid(), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(path, "unix:gid", account.orElseThrow().gid(), LinkOption.NOFOLLOW_LINKS);
        return FileVisitResult.CONTINUE;
    }

    /** Starts a program as the servers' user, its output appended to the log. */
    Process start(List<String> command, Path workingDirectory, Path log) throws IOException {
        List<String> words = new ArrayList<>();
        account.ifPresent(who -> words.addAll(
                List.of("setpriv", "--reuid=" + who.uid(), "--regid=" + who.gid(), "--clear-groups", "--")));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(workingDirectory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("LC_ALL", "C");
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("AWS_"));
        Process process = builder.start();
        process.getOutputStream().close();
        return process;
    }

    /** Runs a program to its end; throws with the log's end if it fails. */
    void run(List<String> command, Path workingDirectory, Path log) throws IOException {
        Process process = start(command, workingDirectory, log);
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new LocalRdsException(command.get(0) + " failed. It said:\n" + lastLines(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalRdsException("Interrupted while " + command.get(0) + " was running.", e);
        } finally {
            process.destroyForcibly();
        }
    }

    static String lastLines(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
