package io.rdsagent.it.jvms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.localrds.LocalRds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A web application with its own driver and pool that is loaded anew, again and again, leaves no class loader behind. */
class RedeployIT {

    private static final int TIMES = "all".equals(System.getProperty("matrix")) ? 20 : 5;
    private static final String LOADER = "org.apache.catalina.loader.ParallelWebappClassLoader";
    private static final Tomcat TOMCAT = new Tomcat("9.0.98", List.of(17), "war");
    private static final String ROW = TOMCAT.title() + ", loaded anew " + TIMES + " times";

    @TempDir
    Path directory;

    @Test
    void loadedAnewAgainAndAgainWithConnectionsOutItLeavesNoClassLoaderBehind() throws Exception {
        assumeTrue(JvmsTable.wants(ROW));
        try (LocalRds rds = LocalRds.builder().nodes(1).start()) {
            Site site = Site.at(
                    Files.createDirectory(directory.resolve("site")),
                    Java.of(17).orElseThrow(),
                    rds,
                    true);
            TOMCAT.layOut(site);
            keepOnlyTheManager(site.home());
            List<String> options = new ArrayList<>(site.options());
            options.addAll(List.of("-Drdsagent.lifetime=2s", "-Drdsagent.lifetime.margin=300ms"));
            try (ContainerRun run = ContainerRun.start(
                            TOMCAT, site, Attachment.TOOL_OPTIONS.environment(TOMCAT, options))
                    .up()) {
                for (int i = 0; i < TIMES; i++) {
                    assertThat(run.beat("?hold=one").get(0)).isEqualTo("app");
                    assertThat(reload(site)).startsWith("OK");
                }
                run.beat("");

                Awaitility.await("the class loaders of the manager and of the application, and no other")
                        .atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(
                                () -> assertThat(count(run.jvm().pid(), LOADER)).isEqualTo(2));
                run.jvm().stop();
                assertThat(run.jvm().all()).doesNotContain("rds-agent-");
                JvmsTable.ok("Containers", ROW, "17");
            }
        }
    }

    private static void keepOnlyTheManager(Path home) throws IOException {
        for (String name : List.of("ROOT", "docs", "examples", "host-manager")) {
            try (Stream<Path> files = Files.walk(home.resolve("webapps").resolve(name))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        Files.writeString(
                home.resolve("conf/tomcat-users.xml"),
                "<tomcat-users xmlns=\"http://tomcat.apache.org/xml\"><user username=\"tester\" password=\"tester\""
                        + " roles=\"manager-script\"/></tomcat-users>");
    }

    private static String reload(Site site) throws Exception {
        String login = Base64.getEncoder().encodeToString("tester:tester".getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + site.port() + "/manager/text/reload?path=/app"))
                .header("Authorization", "Basic " + login)
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** How many there are after a collection. */
    private static int count(long pid, String type) throws IOException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        String.valueOf(pid),
                        "GC.class_histogram")
                .start();
        return jcmd.inputReader()
                .lines()
                .map(String::trim)
                .filter(line -> line.contains(" " + type))
                .mapToInt(line -> Integer.parseInt(line.split("\\s+")[1]))
                .sum();
    }
}
