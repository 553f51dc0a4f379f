package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** JVMs that look closely, or that have little: the agent works there, and gives them nothing to complain of. */
class StrictJvmsIT {

    private static final int CONNECTIONS = 4;

    private static LocalRds rds;

    @TempDir
    Path directory;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(1).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @ParameterizedTest
    @CsvSource({
        "8, -Xcheck:jni -Xmx64m",
        "11, -Xcheck:jni -Xlog:all=warning:stderr --illegal-access=debug -Xmx64m",
        "17, -Xcheck:jni -Xlog:all=warning:stderr -Djava.security.manager=allow -Xmx64m",
        "21, -Xcheck:jni -Xlog:all=warning:stderr -Djava.security.manager=allow -Xmx64m",
        "25, -Xcheck:jni -Xlog:all=warning:stderr --illegal-native-access=deny --sun-misc-unsafe-memory-access=deny -Xmx64m",
    })
    void aJvmThatComplainsOfAllItSeesHasNoMoreToSayThanWithoutTheAgent(String version, String options)
            throws Exception {
        String java = java(version);
        ForkedJvm without = connects(version, options).java(java).withoutAgent().run();

        ForkedJvm with = connects(version, options).java(java).run();

        assertThat(with.out("connected")).as(with.all()).hasSize(CONNECTIONS);
        assertThat(complaints(with)).isSubsetOf(complaints(without));
    }

    @Test
    void aRuntimeOfFewModulesIsEnough() throws Exception {
        Path runtime = directory.resolve("runtime");
        int made = ToolProvider.findFirst("jlink")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--add-modules",
                        "java.sql,java.naming,java.management,java.instrument,jdk.crypto.ec",
                        "--output",
                        runtime.toString());
        assertThat(made).isZero();

        ForkedJvm jvm = connects("17", "-Xshare:auto")
                .java(runtime.resolve("bin/java").toString())
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(CONNECTIONS);
        assertThat(jvm.err()).allSatisfy(line -> assertThat(line).contains(" rds-jdbc-agent INFO "));
    }

    @Test
    void nothingIsWrittenToDisk() throws Exception {
        assumeTrue(
                "root".equals(System.getProperty("user.name")), "only root can have a file system that is read-only");

        ForkedJvm jvm = connects("17", "-Xshare:auto")
                .java("unshare -m "
                        + Path.of("src", "test", "scripts", "read-only").toAbsolutePath() + " "
                        + Path.of(System.getProperty("java.home"), "bin", "java"))
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(CONNECTIONS);
        assertThat(jvm.err()).allSatisfy(line -> assertThat(line).contains(" rds-jdbc-agent INFO "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "25"})
    void theApplicationsOwnArchiveOfClassesIsStillUsed(String version) throws Exception {
        String java = java(version);
        String archive = directory.resolve("application.jsa").toString();
        Path program = directory.resolve("program.jar");
        ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "cf", program.toString(), "-C", "target/programs", "com/example");
        archived(program, "-XX:ArchiveClassesAtExit=" + archive)
                .java(java)
                .withoutAgent()
                .run();

        ForkedJvm jvm = archived(program, "-XX:SharedArchiveFile=" + archive)
                .java(java)
                .option("-Xlog:class+load")
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(CONNECTIONS);
        assertThat(jvm.out())
                .filteredOn(line ->
                        line.contains(" com.example.Connects ") || line.contains(" org.postgresql.util.HostSpec "))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains("shared objects file (top)"));
    }

    private static ForkedJvm.Builder archived(Path program, String option) {
        return ForkedJvm.of("com.example.Connects", url(rds.clusterHost()), String.valueOf(CONNECTIONS))
                .withoutFolders()
                .jar(program)
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .option(option);
    }

    private static String java(String version) {
        if (version.equals(String.valueOf(Runtime.version().feature()))) {
            return Path.of(System.getProperty("java.home"), "bin", "java").toString();
        }
        String java = System.getenv("RDSAGENT_JAVA_" + version);
        assumeTrue(java != null, "RDSAGENT_JAVA_" + version + " does not say how to start it");
        return java;
    }

    /** Java 8 has no hosts file of its own, so the address is dialled there and the endpoint's name signed for. */
    private static ForkedJvm.Builder connects(String version, String options) {
        Node node = rds.node(1);
        String host = version.equals("8") ? node.address() : rds.clusterHost();
        ForkedJvm.Builder jvm = ForkedJvm.of("com.example.Connects", url(host), String.valueOf(CONNECTIONS))
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds);
        Arrays.stream(options.split(" ")).forEach(jvm::option);
        if (version.equals("8")) {
            jvm.set("match", host + ":" + rds.port())
                    .set("iam", "always")
                    .set("sign-for", node.host() + ":" + rds.port());
        }
        return jvm;
    }

    private static String url(String host) {
        return "jdbc:postgresql://" + host + ":" + rds.port() + "/orders?user=app";
    }

    /**
     * What the JVM says, less the times. Of the JDK's own native code behind {@code getAllLoadedClasses} it complains
     * before 21, whoever calls that.
     */
    private static List<String> complaints(ForkedJvm jvm) {
        return Stream.concat(jvm.out().stream(), jvm.err().stream())
                .filter(line -> line.toLowerCase(java.util.Locale.ROOT).contains("warning") || line.contains(" WARN "))
                .filter(line -> !line.contains("JNI local refs: "))
                .map(line -> line.replaceAll("\\[[0-9.]+s\\]", ""))
                .distinct()
                .toList();
    }
}
