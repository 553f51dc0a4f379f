package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.jvms.JvmsTable;
import io.rdsagent.localrds.LocalRds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Beside other agents, and libraries of the application's that the agent has too, each does its job. */
class OtherAgentsIT {

    private static final String OPEN_TELEMETRY = "io.opentelemetry.javaagent:opentelemetry-javaagent:2.14.0";
    private static final String ELASTIC = "co.elastic.apm:elastic-apm-agent:1.49.0";
    private static final String JACOCO = "org.jacoco:org.jacoco.agent:jar:runtime:0.8.12";

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

    /** In the order of the command line; the short run has each agent once. */
    static Stream<List<String>> neighbours() {
        boolean all = "all".equals(System.getProperty("matrix"));
        return Stream.of(
                        List.of(OPEN_TELEMETRY, "ours"),
                        List.of("ours", JACOCO),
                        List.of("ours", OPEN_TELEMETRY),
                        List.of(JACOCO, "ours"),
                        List.of(ELASTIC, "ours"),
                        List.of("ours", ELASTIC),
                        List.of(OPEN_TELEMETRY, "ours", JACOCO))
                .limit(all ? Long.MAX_VALUE : 2)
                .filter(agents -> JvmsTable.wants(inThisOrder(agents)));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("neighbours")
    void eachAgentDoesItsJob(List<String> agents) throws Exception {
        ForkedJvm.Builder program = connects("com.example.Connects", url(), "1").withoutAgent();
        agents.forEach(agent -> program.option("-javaagent:" + option(agent)));

        ForkedJvm jvm = program.option("-Dotel.traces.exporter=logging")
                .option("-Dotel.metrics.exporter=none")
                .option("-Dotel.logs.exporter=none")
                .option("-Delastic.apm.service_name=orders")
                .option("-Delastic.apm.disable_send=true")
                .option("-Delastic.apm.cloud_provider=NONE")
                .option("-Delastic.apm.central_config=false")
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(1);
        assertThat(jvm.all())
                .contains("active. Logged in as app")
                .doesNotContain("rds-jdbc-agent WARN")
                .doesNotContain("X-Amz-Signature");
        for (String agent : agents) {
            hasDoneItsJob(agent, jvm);
        }
        JvmsTable.ok(
                "Agents in this order",
                inThisOrder(agents),
                String.valueOf(Runtime.version().feature()));
    }

    private static String inThisOrder(List<String> agents) {
        return agents.stream().map(OtherAgentsIT::called).collect(Collectors.joining(", "));
    }

    private static String called(String agent) {
        String[] parts = agent.split(":");
        return agent.equals("ours") ? "this one" : parts[1] + " " + parts[parts.length - 1];
    }

    private String option(String agent) {
        if (agent.equals("ours")) {
            return ForkedJvm.AGENT.toString();
        }
        return Maven.resolver().resolve(agent).withoutTransitivity().asSingleFile()
                + (agent.equals(JACOCO) ? "=destfile=" + coverage() : "");
    }

    private Path coverage() {
        return directory.resolve("jacoco.exec");
    }

    private void hasDoneItsJob(String agent, ForkedJvm jvm) throws Exception {
        switch (agent) {
            case OPEN_TELEMETRY -> assertThat(jvm.all()).contains("LoggingSpanExporter - 'SELECT orders'");
            case ELASTIC -> assertThat(jvm.all()).contains("Tracer switched to RUNNING state");
            case JACOCO ->
                assertThat(Files.readString(coverage(), StandardCharsets.ISO_8859_1))
                        .contains("com/example/Connects")
                        .doesNotContain("io/rdsagent/core", "io/rdsagent/lib");
            default -> assertThat(agent).isEqualTo("ours");
        }
    }

    @Test
    void librariesThatTheAgentHasTooAreTheApplicationsOwnInItsOwnVersions() throws Exception {
        ForkedJvm jvm = connects(
                        "com.example.Libraries",
                        url(),
                        "net.bytebuddy.ByteBuddy",
                        "software.amazon.awssdk.core.SdkField",
                        "org.slf4j.LoggerFactory",
                        "io.micrometer.core.instrument.Metrics")
                .artifacts(List.of(
                        "net.bytebuddy:byte-buddy:1.9.16",
                        "software.amazon.awssdk:sdk-core:2.17.1",
                        "org.slf4j:slf4j-simple:1.7.25",
                        "io.micrometer:micrometer-core:1.5.1"))
                .run();

        assertThat(jvm.out("connected")).as(jvm.all()).hasSize(1);
        assertThat(jvm.out())
                .contains(
                        "net.bytebuddy.ByteBuddy of byte-buddy-1.9.16.jar",
                        "software.amazon.awssdk.core.SdkField of sdk-core-2.17.1.jar",
                        "io.micrometer.core.instrument.Metrics of micrometer-core-1.5.1.jar")
                .anySatisfy(line -> assertThat(line).startsWith("org.slf4j.LoggerFactory of slf4j-api-1.7."));
        assertThat(jvm.err()).allSatisfy(line -> assertThat(line).contains(" rds-jdbc-agent INFO "));
    }

    private static ForkedJvm.Builder connects(String program, String... arguments) {
        return ForkedJvm.of(program, arguments).pgjdbc(ForkedJvm.NEWEST_PGJDBC).on(rds);
    }

    private static String url() {
        return "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app";
    }
}
