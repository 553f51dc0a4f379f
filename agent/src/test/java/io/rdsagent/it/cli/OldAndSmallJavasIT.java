package io.rdsagent.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.it.ForkedJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command line where the attach API is elsewhere, or nowhere: it works, or says in one line what to do. */
class OldAndSmallJavasIT {

    private ForkedJvm application;
    private String pid;

    @BeforeEach
    void start() throws Exception {
        application = ForkedJvm.of("com.example.Waits").withoutAgent().start();
        application.await("waiting");
        pid = String.valueOf(application.pid());
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "attach PID", "status PID", "detach PID"})
    void withoutAnAttachApiItSaysWhatToDo(String command) throws Exception {
        Cli.Ended ended = new Cli()
                .option("--limit-modules=java.sql,java.naming,java.management,java.instrument")
                .run(command.replace("PID", pid).split(" "));

        assertThat(ended.status()).as(ended.all()).isEqualTo(3);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err().trim().lines())
                .singleElement()
                .asString()
                .contains("has no attach API (module jdk.attach", "run this with the java of a JDK");
        assertThat(application.err()).isEmpty();
    }

    @Test
    void onAJdk8ItListsAttachesAsksAndDetaches() throws Exception {
        attachesAsksAndDetaches(java8(), pid, () -> {
            assertThat(row(java8(), pid)).containsPattern("^\\d+ +yes ").contains("com.example.Waits");
        });
        assertThat(row(java8(), pid)).containsPattern("^\\d+ +- ");
    }

    @Test
    void aJvmOfJava8CanBeAttachedTo() throws Exception {
        try (ForkedJvm old =
                ForkedJvm.of("com.example.Waits").java(java8()).withoutAgent().start()) {
            old.await("waiting");

            attachesAsksAndDetaches(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    String.valueOf(old.pid()),
                    () -> {});
        }
    }

    private static String java8() {
        String java8 = System.getenv("RDSAGENT_JAVA_8");
        assumeTrue(java8 != null, "RDSAGENT_JAVA_8 does not say how to start it");
        return java8;
    }

    private interface Meanwhile {
        void look() throws Exception;
    }

    private static void attachesAsksAndDetaches(String java, String pid, Meanwhile meanwhile) throws Exception {
        assertThat(run(java, "attach", pid).out()).contains("The agent is in the JVM " + pid + " now");
        assertThat(run(java, "status", pid).out()).contains("The agent waits: no JDBC driver");
        meanwhile.look();
        run(java, "detach", pid);
        assertThat(new Cli().java(java).run("status", pid).err()).contains("There is no agent in the JVM " + pid);
    }

    private static String row(String java, String pid) throws Exception {
        return run(java, "list")
                .out()
                .lines()
                .filter(line -> line.startsWith(pid + " "))
                .findFirst()
                .orElse("");
    }

    private static Cli.Ended run(String java, String... arguments) throws Exception {
        Cli.Ended ended = new Cli().java(java).run(arguments);
        assertThat(ended.status()).as(List.of(arguments) + ended.all()).isZero();
        return ended;
    }
}
