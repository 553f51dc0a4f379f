package io.rdsagent.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a JVM has on its class paths, as far as the jars tell which it holds open (Linux) or is told to use. */
final class OpenJars {

    private static final Pattern DRIVER = Pattern.compile("(?:postgresql|mysql-connector-(?:java|j)|mariadb-java-client"
            + "|aws-advanced-jdbc-wrapper)-(?:[0-9][^/]*)\\.jar");
    private static final Pattern POOL =
            Pattern.compile("(?:HikariCP(?:-java\\d)?|tomcat-jdbc|tomcat-dbcp|commons-dbcp2?"
                    + "|c3p0|druid|vibur-dbcp|agroal-pool|ucp\\d*|ironjacamar-core-impl)-?(?:[0-9][^/]*)?\\.jar");
    private static final String AGENT = "io.rdsagent.launcher.Agent";

    private final Set<String> names = new LinkedHashSet<>();
    private boolean agent;

    private OpenJars() {}

    /** @return null where this host doesn't tell; then look at {@link #of(String)} */
    static OpenJars ofProcess(String pid) {
        OpenJars jars = new OpenJars();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Paths.get("/proc", pid, "fd"))) {
            for (Path file : open) {
                jars.add(file);
            }
            return jars;
        } catch (IOException | RuntimeException notHere) {
            return null;
        }
    }

    static OpenJars of(String classPath) {
        OpenJars jars = new OpenJars();
        for (String path : classPath.split(File.pathSeparator)) {
            jars.add(new File(path));
        }
        return jars;
    }

    private void add(Path link) {
        try {
            add(Files.readSymbolicLink(link).toFile());
        } catch (IOException closedMeanwhile) {
            // It is of no interest any more.
        }
    }

    private void add(File file) {
        if (!file.getName().endsWith(".jar") && !file.getName().endsWith(".war")) {
            return;
        }
        names.add(file.getName());
        try (JarFile jar = new JarFile(file, false)) {
            agent |= jar.getManifest() != null
                    && AGENT.equals(jar.getManifest().getMainAttributes().getValue("Agent-Class"));
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.endsWith(".jar")) {
                    names.add(name.substring(name.lastIndexOf('/') + 1));
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            // Its name is all that there is.
        }
    }

    /** Whether the agent's jar is among them: it has been in this JVM at least. */
    boolean hasAgent() {
        return agent;
    }

    /** With their versions. */
    String drivers() {
        return matching(DRIVER);
    }

    String pools() {
        return matching(POOL);
    }

    private String matching(Pattern wanted) {
        List<String> found = new ArrayList<>();
        for (String name : names) {
            Matcher matcher = wanted.matcher(name);
            if (matcher.matches()) {
                found.add(name.substring(0, name.length() - ".jar".length()));
            }
        }
        return found.isEmpty() ? "-" : String.join(",", found);
    }
}
