package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.localrds.LocalRds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the agent comes into a JVM, and that where it has no business nobody notices it. */
class WaysToAttachIT {

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
    @ValueSource(
            strings = {
                "keytool -list -keystore missing",
                "keytool -genkeypair -help",
                "javac --version",
                "javac missing.java",
                "jar --list --file AGENT",
                "jar --list --file missing.jar",
                "java --version",
                "java Missing",
                "mvn --version",
            })
    void aToolSaysAndEndsTheSameWithTheAgentInItsEnvironment(String command) throws Exception {
        String without = run(command, "-Dharmless=true");

        String with = run(command, "-javaagent:" + ForkedJvm.AGENT);

        assertThat(with).isEqualTo(without);
    }

    /** Its status, and what it has printed, less the line by which any JVM notes the variable. */
    private String run(String command, String options) throws Exception {
        List<String> words =
                List.of(command.replace("AGENT", ForkedJvm.AGENT.toString()).split(" "));
        Path tool = Path.of(System.getProperty("java.home"), "bin", words.get(0));
        List<String> line = new ArrayList<>(words);
        if (Files.exists(tool)) {
            line.set(0, tool.toString());
        }
        Path said = directory.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        builder.environment().put("JAVA_TOOL_OPTIONS", options);
        int status = builder.start().waitFor();
        return status + "\n"
                + Files.readString(said)
                        .lines()
                        .filter(text -> !text.startsWith("Picked up JAVA_TOOL_OPTIONS"))
                        .toList();
    }

    @Test
    void jdkJavaOptionsAttachIt() throws Exception {
        ForkedJvm jvm = connects()
                .withoutAgent()
                .environment("JDK_JAVA_OPTIONS", "-javaagent:" + ForkedJvm.AGENT)
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(1);
    }

    @Test
    void aFileOfArgumentsAttachesIt() throws Exception {
        Path file = directory.resolve("options");
        Files.writeString(
                file, "# as a service has it\n-javaagent:" + ForkedJvm.AGENT + "\n-Drdsagent.log.level=info\n");

        ForkedJvm jvm = connects().withoutAgent().option("@" + file).run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(1);
    }

    @Test
    void theManifestOfAnExecutableJarAttachesIt() throws Exception {
        Path application = directory.resolve("application.jar");
        writeExecutable(application);

        ForkedJvm jvm = ForkedJvm.of("-jar", application.toString(), url(), "1")
                .withoutAgent()
                .on(rds)
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(1);
    }

    private static void writeExecutable(Path jar) throws IOException {
        Path driver = Path.of("target", "lib", "postgresql-" + ForkedJvm.NEWEST_PGJDBC + ".jar")
                .toAbsolutePath();
        String manifest = """
                Manifest-Version: 1.0
                Main-Class: com.example.Connects
                Launcher-Agent-Class: io.rdsagent.launcher.Agent
                Can-Retransform-Classes: true
                Can-Redefine-Classes: true
                """;
        Manifest attributes = new Manifest(new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
        attributes.getMainAttributes().putValue("Class-Path", driver.toUri() + " " + ForkedJvm.AGENT.toUri());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), attributes)) {
            out.putNextEntry(new JarEntry("com/example/Connects.class"));
            Files.copy(Path.of("target", "programs", "com", "example", "Connects.class"), out);
        }
    }

    private static ForkedJvm.Builder connects() {
        return ForkedJvm.of("com.example.Connects", url(), "1")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds);
    }

    private static String url() {
        return "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app";
    }
}
