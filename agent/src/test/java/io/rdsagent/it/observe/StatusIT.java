package io.rdsagent.it.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be seen of a pool that rotates: while all is well, while an endpoint is dead, without credentials. */
class StatusIT {

    private static LocalRds rds;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder()
                .nodes(2)
                .credentials("ASIAIOSFODNN7STATUS1", "the/secret/of/the/test", "TheSessionOfTheTest")
                .start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @AfterEach
    void revive() {
        rds.nodes().stream().filter(node -> !node.running()).forEach(Node::start);
    }

    @Test
    void rotationShowsInTheMetricsInJmxAndInAFlightRecording() throws Exception {
        Path recording = folder.resolve("rotation.jfr");
        try (ForkedJvm jvm = load().start()) {
            jvm.await("ready");
            StatusPort status = StatusPort.of(jvm);
            jcmd(jvm, "JFR.start", "name=rotation");
            Awaitility.await("rotations")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status.total("rdsagent_retirements_total") >= 8);

            assertThat(status.get("/health").statusCode()).isEqualTo(200);
            Awaitility.await("a pool that is full, as it is between one replacement and the next")
                    .until(() -> status.total("rdsagent_connections") >= 4);
            assertThat(status.total("rdsagent_retirement_lag_seconds_count")).isGreaterThanOrEqualTo(8);
            assertThat(status.total("rdsagent_connects_seconds_count")).isGreaterThanOrEqualTo(12);
            assertThat(status.total("rdsagent_token_age_seconds_count")).isGreaterThanOrEqualTo(12);
            assertThat(status.total("rdsagent_guard_hits_total")).isPositive();
            assertThat(status.total("rdsagent_observations_lost_total")).isZero();
            theSameShowsInJmx(jvm, status);
            jcmd(jvm, "JFR.dump", "name=rotation", "filename=" + recording);
            assertThat(kinds(recording)).contains("io.rdsagent.Connect", "io.rdsagent.Retirement");
            assertThat(jvm.out("error")).isEmpty();
        }
    }

    private static void theSameShowsInJmx(ForkedJvm jvm, StatusPort status) throws Exception {
        try (Jmx jmx = Jmx.of(jvm.pid())) {
            Awaitility.await("the agent's MBeans")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !jmx.names("io.rdsagent:type=Agent").isEmpty());
            String agent = "io.rdsagent:type=Agent";
            assertThat(jmx.get(agent, "Up")).isEqualTo(true);
            assertThat(jmx.get(agent, "StatusPage")).isEqualTo(status.page());
            assertThat((String) jmx.get(agent, "Status")).startsWith("{\"version\":1,");
            assertThat(jmx.names("io.rdsagent:type=Metric,name=rdsagent.retirements,*"))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat((double) jmx.get(name.toString(), "Count"))
                            .isPositive());
            assertThat(jmx.names("io.rdsagent:type=Metric,name=rdsagent.connects,*"))
                    .allSatisfy(name -> assertThat((double) jmx.get(name.toString(), "TotalTime"))
                            .isPositive());
        }
    }

    private static List<String> kinds(Path recording) throws IOException {
        return RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().startsWith("io.rdsagent."))
                .peek(StatusIT::saysWhere)
                .map(event -> event.getEventType().getName())
                .distinct()
                .toList();
    }

    private static void saysWhere(RecordedEvent event) {
        assertThat(event.getString("endpoint")).contains(":");
        assertThat(event.getThread()).isNotNull();
    }

    @Test
    void theJvmsOwnMBeanServerIsNotMadeForTheAgentsSake() throws Exception {
        try (ForkedJvm jvm = load().start()) {
            jvm.await("ready");
            StatusPort status = StatusPort.of(jvm);
            Awaitility.await("rotations")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status.total("rdsagent_retirements_total") >= 2);

            // The class that makes it is loaded by whoever makes it.
            assertThat(jcmd(jvm, "VM.class_hierarchy", "com.sun.jmx.mbeanserver.JmxMBeanServer"))
                    .doesNotContain("JmxMBeanServer/");
        }
    }

    @Test
    void aThousandSlowConnectionsAndNonsenseAreNothingToTheApplication() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (ForkedJvm jvm = load().start()) {
            jvm.await("ready");
            StatusPort status = StatusPort.of(jvm);
            try (Jmx jmx = Jmx.of(jvm.pid())) {
                for (int i = 0; i < 1_000; i++) {
                    Socket socket = new Socket(InetAddress.getLoopbackAddress(), status.port());
                    slow.add(socket);
                    socket.getOutputStream()
                            .write((i % 2 == 0 ? "GET /sta" : "\u0016\u0003\u0001 nonsense\r\n\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
                }
                double logins = status.total("rdsagent_connects_seconds_count");
                assertThat(jcmd(jvm, "Thread.print").lines().filter(line -> line.startsWith("\"rds-agent-status")))
                        .hasSize(1);
                Awaitility.await("rotation goes on")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> status.total("rdsagent_connects_seconds_count") >= logins + 4);
                assertThat(jmx.everything("java.lang:type=Threading")).isNotEmpty();
            }
            jvm.say("stop");
            jvm.end();
            assertThat(jvm.out("error")).as(jvm.all()).isEmpty();
            assertThat(jvm.out("borrows").get(0)).endsWith("errors 0 total 4");
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aPortThatIsTakenIsSaidAndTheApplicationGoesOn() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ForkedJvm jvm = load().set("status.port", String.valueOf(taken.getLocalPort()))
                        .start()) {
            jvm.await("ready");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> jvm.all().contains("can't be listened on (Address already in use)"));
            jvm.say("stop");
            assertThat(jvm.end().out("borrows").get(0)).endsWith("errors 0 total 4");
        }
    }

    @Test
    void thePageSaysInABrowserWhetherAllIsWellWhoIsDeadAndWhatIsMissing() throws Exception {
        Chromium chromium = Chromium.in(folder);
        Path expired = folder.resolve("expired");
        try (ForkedJvm jvm = load().set("profile", "orders")
                .option("-Daws.configFile=" + profile(expired))
                .withoutKeys()
                .set("endpoints", endpoints())
                .set("role", "any")
                .set("health.interval", "500ms")
                .set("health.timeout", "500ms")
                .start()) {
            jvm.await("ready");
            StatusPort status = StatusPort.of(jvm);
            Awaitility.await("rotations")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status.total("rdsagent_retirements_total") >= 2);
            assertThat(chromium.look(status.page()))
                    .contains(
                            "All is well", "● serves", "class=\"dot ", "class=\"rotation\"", "How far each connection")
                    .doesNotContain("No answer for");

            rds.node(2).kill();
            Awaitility.await("the dead endpoint")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> status.get("/status").body().contains("\"kind\":\"dead\""));
            assertThat(status.get("/health").statusCode()).isEqualTo(200);
            assertThat(chromium.look(status.page()))
                    .contains(
                            "Connections are served, but not by all endpoints",
                            "✖ dead",
                            "class=\"outage\"",
                            "given up");

            Files.createFile(expired);
            Awaitility.await("the end of the credentials")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status.get("/health").statusCode() == 503);
            assertThat(status.get("/health").body()).contains("No AWS credentials from profile orders");
            assertThat(chromium.look(status.page()))
                    .contains("New connections fail", "No AWS credentials from profile orders");

            Files.delete(expired);
            Awaitility.await("their return")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> status.get("/health").statusCode() == 200);
        }
    }

    /** A profile whose credentials are good for some seconds each time, until a file says that the session is over. */
    private Path profile(Path expired) throws IOException {
        Path key = folder.resolve("key");
        Files.writeString(
                key,
                "#!/bin/sh\nif [ -e " + expired + " ]; then echo the session has expired >&2; exit 1; fi\n"
                        + "printf '{\"Version\":1,\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\","
                        + "\"SessionToken\":\"%s\",\"Expiration\":\"%s\"}' "
                        + "'" + rds.environment().get("AWS_ACCESS_KEY_ID") + "' '"
                        + rds.environment().get("AWS_SECRET_ACCESS_KEY") + "' '"
                        + rds.environment().get("AWS_SESSION_TOKEN") + "' "
                        + "$(date -u -d '+30 seconds' +%Y-%m-%dT%H:%M:%SZ)\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rwx------"));
        return Files.writeString(folder.resolve("config"), "[profile orders]\ncredential_process = " + key + "\n");
    }

    private static String endpoints() {
        return rds.node(1).host() + ":" + rds.port() + "," + rds.node(2).host() + ":" + rds.port();
    }

    private static ForkedJvm.Builder load() {
        return ForkedJvm.of(
                        "com.example.PoolLoad",
                        "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app",
                        "4",
                        "2",
                        "0",
                        "reading")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .hikaricp(ForkedJvm.NEWEST_HIKARICP)
                .on(rds)
                .set("lifetime", "3s")
                .set("lifetime.margin", "1s")
                .set("status.port", "0");
    }

    private static String jcmd(ForkedJvm jvm, String... command) throws Exception {
        List<String> all = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(jvm.pid())));
        all.addAll(List.of(command));
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
