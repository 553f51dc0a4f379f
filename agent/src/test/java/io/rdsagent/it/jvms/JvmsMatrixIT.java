package io.rdsagent.it.jvms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.rdsagent.localrds.LocalRds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Each container as its makers publish it: its application logs in with tokens, its pool rotates, and nobody complains. */
class JvmsMatrixIT {

    /** Connections of a pool of two are replaced so often that one sees it. */
    private static final int SESSIONS = 5;

    private static LocalRds rds;

    @TempDir(cleanup = CleanupMode.ALWAYS)
    static Path directory;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(1).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @TestFactory
    Stream<DynamicTest> anApplicationInAnyContainerLogsInWithTokensAndItsPoolRotates() {
        return ContainerRow.chosen().stream().map(row -> dynamicTest(row.toString(), () -> logsInAndRotates(row)));
    }

    private static void logsInAndRotates(ContainerRow row) throws Exception {
        rds.log().clear();
        Site site = Site.at(
                Files.createTempDirectory(directory, "site"),
                row.java().orElseThrow(),
                rds,
                !row.container().fetches());
        row.container().layOut(site);
        List<String> options = new ArrayList<>(site.options());
        options.addAll(List.of("-Drdsagent.lifetime=2s", "-Drdsagent.lifetime.margin=300ms"));
        try (ContainerRun run = ContainerRun.start(
                        row.container(), site, row.attachment().environment(row.container(), options))
                .up()) {
            rotates(run);
            run.jvm().stop();

            assertThat(run.jvm().all()).contains("active. Logged in as app").contains("are retired by");
            assertThat(run.jvm().all().lines())
                    .filteredOn(line -> line.contains("rds-jdbc-agent") && !line.contains("JAVA_TOOL_OPTIONS"))
                    .filteredOn(line -> !line.contains("NOTE: Picked up"))
                    .as("what the agent says")
                    .noneMatch(line -> line.contains(" WARN ") || line.contains("could not"));
            JvmsTable.ok(
                    "Containers",
                    row.container().title() + ", by " + row.attachment().title,
                    String.valueOf(row.version()));
        }
    }

    private static void rotates(ContainerRun run) {
        Set<String> sessions = new HashSet<>();
        Awaitility.await("sessions that come and go")
                .conditionEvaluationListener(condition -> {
                    if (condition.getRemainingTimeInMS() <= 0) {
                        System.err.println(run.jvm().all());
                    }
                })
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    List<String> beat = run.beat("");
                    assertThat(beat.get(0)).isEqualTo("app");
                    sessions.add(beat.get(1));
                    return sessions.size() >= SESSIONS;
                });
    }
}
