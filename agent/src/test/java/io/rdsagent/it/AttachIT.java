package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.localrds.LocalRds;
import java.nio.file.Path;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("quick")
class AttachIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(1).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @Test
    void aProgramWithoutJdbcSeesNothingOfTheAgent() throws Exception {
        ForkedJvm jvm =
                ForkedJvm.of("com.example.Hello").option("-Xlog:class+load").run();

        assertThat(jvm.out()).contains("hello");
        assertThat(jvm.err()).isEmpty();
        assertThat(jvm.out())
                .filteredOn(line -> line.contains("io.rdsagent"))
                .allSatisfy(line -> assertThat(line).contains("io.rdsagent.launcher"))
                .hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void attachedTwiceItSaysSoOnceAndWorksOnce() throws Exception {
        ForkedJvm jvm = connects().option("-javaagent:" + ForkedJvm.AGENT).run();

        assertThat(jvm.out("connected")).hasSize(1);
        assertThat(jvm.err())
                .filteredOn(line -> line.contains("already attached"))
                .hasSize(1);
    }

    @Test
    void withoutItTheApplicationCannotLogIn() throws Exception {
        ForkedJvm jvm = connects().withoutAgent().run();

        assertThat(jvm.out("failed")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Drdsagent.enabled=false", "-Drdsagent.config=target/test-classes/disabled.properties"})
    void switchedOffItIsAsIfItWereNotThere(String how) throws Exception {
        ForkedJvm without = connects().withoutAgent().run();
        ForkedJvm with = connects().option(how).run();

        assertThat(with.out().get(0).replaceAll("after \\d+ ms", ""))
                .isEqualTo(without.out().get(0).replaceAll("after \\d+ ms", ""));
        assertThat(with.err()).isEmpty();
    }

    @Test
    void theAgentsArgumentConfiguresIt() throws Exception {
        ForkedJvm jvm = ForkedJvm.of("com.example.Connects", url().replace("user=app", "user=legacy"), "1")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .withoutAgent()
                .option("-javaagent:" + ForkedJvm.AGENT + "=user=app;log.level=warn")
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(1);
        assertThat(jvm.err()).isEmpty();
    }

    @Test
    void javaToolOptionsAttachItToo() throws Exception {
        ForkedJvm jvm = connects()
                .withoutAgent()
                .environment("JAVA_TOOL_OPTIONS", "-javaagent:" + ForkedJvm.AGENT)
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(1);
    }

    @Test
    void theApplicationsChoiceOfALoggerIsNoneForTheAgent() throws Exception {
        ForkedJvm jvm =
                connects().option("-Dslf4j.provider=com.example.Nothing").run();

        assertThat(jvm.out("connected")).hasSize(1);
        assertThat(jvm.err()).allSatisfy(line -> assertThat(line).contains(" rds-jdbc-agent INFO "));
    }

    @Test
    void toolsOfTheJdkAreLeftAlone() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-J-javaagent:" + ForkedJvm.AGENT,
                        "-J-Drdsagent.nonsense=1",
                        "-J-Xlog:class+load",
                        "-help")
                .redirectErrorStream(true)
                .start();

        assertThat(keytool.inputReader().lines())
                .filteredOn(line -> line.contains("io.rdsagent"))
                .anySatisfy(line -> assertThat(line).contains("io.rdsagent.launcher.Agent"))
                .noneSatisfy(line -> assertThat(line).contains("io.rdsagent.launcher.Names"));
        assertThat(keytool.waitFor()).isZero();
    }

    @Test
    void aProgramThatIsStartedFromItsSourceIsAnApplication() throws Exception {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-javaagent:" + ForkedJvm.AGENT,
                        "-Xlog:class+load",
                        "src/programs/java/com/example/Hello.java")
                .redirectErrorStream(true)
                .start();

        assertThat(java.inputReader().lines())
                .anySatisfy(line -> assertThat(line).contains("io.rdsagent.launcher.Names"));
        assertThat(java.waitFor()).isZero();
    }

    @Test
    void toARunningJvmItBringsTokensFromTheNextConnectOn() throws Exception {
        try (ForkedJvm jvm = ForkedJvm.of("com.example.ConnectsOnDemand", url())
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .withoutAgent()
                .start()) {
            jvm.await("failed");

            ByteBuddyAgent.attach(ForkedJvm.AGENT.toFile(), String.valueOf(jvm.pid()));

            jvm.say("again");
            jvm.await("connected");
            jvm.say("end");
            jvm.end();
            assertThat(jvm.err()).anySatisfy(line -> assertThat(line).contains("active. Logged in as app"));
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
