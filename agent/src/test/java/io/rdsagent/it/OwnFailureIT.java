package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.localrds.LocalRds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong within the agent is one line in the log; the application runs on as without it. */
class OwnFailureIT {

    private static final String STRANGE = "org/h2/jdbcx/JdbcConnectionPool";

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

    @Test
    void withoutItsCoreItSaysSoAndTheApplicationRunsOn() throws Exception {
        ForkedJvm without = connects().withoutAgent().run();

        ForkedJvm jvm = connects()
                .withoutAgent()
                .option("-javaagent:" + withoutCore(directory.resolve("agent.jar")))
                .run();

        assertThat(outcome(jvm)).isEqualTo(outcome(without));
        assertThat(jvm.err()).singleElement().asString().contains("could not open its core", "use another copy");
    }

    /** As where another agent, or a patched JDK, has taken the name. */
    @Test
    void whereTheBridgeCannotBeDefinedItSaysSoAndTheApplicationRunsOn() throws Exception {
        ForkedJvm without = connects().withoutAgent().run();

        ForkedJvm jvm = connects()
                .option("--patch-module")
                .option("java.base=" + foreignBridge())
                .run();

        assertThat(outcome(jvm)).isEqualTo(outcome(without));
        assertThat(jvm.err())
                .filteredOn(line -> line.contains("rds-jdbc-agent"))
                .singleElement()
                .asString()
                .contains("could not open its core", "runs as without it");
    }

    /** As a shrinker leaves it: the JVM's verifier would refuse what the weaving makes of it. */
    @Test
    void aClassThatCannotBeWovenSoundlyIsNamedAndUsedAsItIs() throws Exception {
        ForkedJvm jvm = ForkedJvm.of("com.example.Libraries", url(), STRANGE.replace('/', '.'))
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .jar(strangePool(directory.resolve("strange.jar")))
                .on(rds)
                .run();

        assertThat(jvm.out())
                .as(jvm.all())
                .containsExactly("connected orders", STRANGE.replace('/', '.') + " of strange.jar");
        assertThat(jvm.err())
                .filteredOn(line -> line.contains("could not be changed"))
                .singleElement()
                .asString()
                .contains(STRANGE.replace('/', '.'), "goes on as without it", "Please report this");
    }

    /** A number is where an argument was. */
    private static Path strangePool(Path jar) throws IOException {
        ClassWriter pool = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        pool.visit(Opcodes.V1_8, Opcodes.ACC_PUBLIC, STRANGE, null, "java/lang/Object", null);
        MethodVisitor recycle = pool.visitMethod(0, "recycleConnection", "(Ljavax/sql/PooledConnection;)V", null, null);
        recycle.visitCode();
        recycle.visitInsn(Opcodes.ICONST_1);
        recycle.visitVarInsn(Opcodes.ISTORE, 1);
        recycle.visitInsn(Opcodes.RETURN);
        recycle.visitMaxs(0, 0);
        recycle.visitEnd();
        pool.visitEnd();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(STRANGE + ".class"));
            out.write(pool.toByteArray());
        }
        return jar;
    }

    @Test
    void whenMemoryRunsOutForAWhileThePoolRotatesAgainAfterwards() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.of("com.example.Exhausts", url(), "5000")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .hikaricp(ForkedJvm.NEWEST_HIKARICP)
                .on(rds)
                .set("lifetime", "2s")
                .set("lifetime.margin", "300ms")
                .option("-Xmx48m")
                .option("-XX:+UseSerialGC")
                .start()) {
            jvm.await("recovered");
            int before = jvm.out("session").size();

            Awaitility.await("sessions that come and go again")
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() ->
                            assertThat(sessionsSince(jvm, before)).as(jvm.all()).hasSizeGreaterThanOrEqualTo(5));
            jvm.say("end");
            jvm.end();

            assertThat(jvm.status()).as(jvm.all()).isZero();
        }
    }

    private static Set<String> sessionsSince(ForkedJvm jvm, int count) {
        List<String> all = jvm.out("session");
        return new HashSet<>(all.subList(Math.min(count, all.size()), all.size()));
    }

    private static List<String> outcome(ForkedJvm jvm) {
        assertThat(jvm.out()).as(jvm.all()).isNotEmpty();
        return jvm.out().stream()
                .map(line -> line.replaceAll("after \\d+ ms", ""))
                .toList();
    }

    private static Path withoutCore(Path copy) throws IOException {
        try (JarFile agent = new JarFile(ForkedJvm.AGENT.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), agent.getManifest())) {
            for (JarEntry entry : agent.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    out.putNextEntry(new JarEntry(entry.getName()));
                    agent.getInputStream(entry).transferTo(out);
                }
            }
        }
        return copy;
    }

    private Path foreignBridge() throws IOException {
        Path source = Files.createDirectories(directory.resolve("java/lang")).resolve("RdsAgentBridge.java");
        Files.writeString(source, "package java.lang; public final class RdsAgentBridge {}");
        Path classes = directory.resolve("classes");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "--patch-module",
                        "java.base=" + directory,
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(compiled).isZero();
        return classes;
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
