package io.rdsagent.it.jvms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Verdict;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Camunda 7 by the starters that Maven Central has of it, which are what Camunda Run is made of; Run itself, and the
 * distributions for servers, are not there. It makes its tables, and works while its connections are replaced.
 */
class CamundaIT {

    private static final String ROW = "Camunda 7.23.0, its Spring Boot starters";
    private static final Path PROGRAM = Path.of("src", "programs", "camunda");

    /** More than a pool of two opens for itself. */
    private static final int LOGINS = 8;

    private static final String PROCESS = """
            <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="parcels"
                xmlns:camunda="http://camunda.org/schema/1.0/bpmn">
              <process id="parcel" isExecutable="true" camunda:historyTimeToLive="P1D">
                <startEvent id="s"/><sequenceFlow id="in" sourceRef="s" targetRef="pack"/>
                <userTask id="pack"/><sequenceFlow id="out" sourceRef="pack" targetRef="e"/>
                <endEvent id="e"/>
              </process>
            </definitions>
            """;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void theEngineMakesItsTablesAndWorksWhileItsConnectionsAreReplaced() throws Exception {
        assumeTrue(JvmsTable.wants(ROW));
        assumeTrue("all".equals(System.getProperty("matrix")), "90 MB, half a minute");
        List<Path> libraries = Stream.of(Maven.resolver()
                        .loadPomFromFile(PROGRAM.resolve("pom.xml").toFile())
                        .importCompileAndRuntimeDependencies()
                        .resolve()
                        .withTransitivity()
                        .asFile())
                .map(File::toPath)
                .toList();
        Sources.compile("camunda", "Engine", "jakarta", libraries, directory.resolve("classes"));
        try (LocalRds rds = LocalRds.builder().nodes(1).start();
                ForkedJvm camunda = application(rds, libraries)) {
            URI api = URI.create(port(camunda) + "/engine-rest/");

            post(api.resolve("deployment/create"), "multipart/form-data; boundary=part", deployment());
            post(api.resolve("process-definition/key/parcel/start"), "application/json", "{}");

            Awaitility.await("new logins")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> tasks(api).equals("{\"count\":1}")
                            && rds.log().with(Verdict.ACCEPTED).size() >= LOGINS);
            assertThat(camunda.all()).contains("active. Logged in as app");
            assertThat(camunda.all().lines())
                    .noneMatch(line -> line.contains("SQLException") || line.contains("rds-jdbc-agent WARN"));
            JvmsTable.ok("Products", ROW, String.valueOf(Runtime.version().feature()));
        }
    }

    private ForkedJvm application(LocalRds rds, List<Path> libraries) throws IOException {
        ForkedJvm.Builder camunda = ForkedJvm.of(
                        "com.example.Engine",
                        "--server.address=127.0.0.1",
                        "--server.port=0",
                        "--spring.datasource.url=jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders",
                        "--spring.datasource.username=app",
                        "--spring.datasource.password=iam",
                        "--spring.datasource.hikari.maximum-pool-size=2")
                .withoutFolders()
                .jar(directory.resolve("classes"))
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .set("lifetime", "2s")
                .set("lifetime.margin", "300ms");
        libraries.forEach(camunda::jar);
        return camunda.start();
    }

    private static String port(ForkedJvm camunda) {
        String said = "Tomcat started on port ";
        Awaitility.await(said)
                .atMost(Duration.ofMinutes(2))
                .until(() -> camunda.all().contains(said) || !camunda.isAlive());
        assertThat(camunda.all()).contains(said);
        return "http://127.0.0.1:" + camunda.all().replaceFirst("(?s).*" + said + "(\\d+).*", "$1");
    }

    private static String deployment() {
        return "--part\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nparcels\r\n"
                + "--part\r\nContent-Disposition: form-data; name=\"parcel\"; filename=\"parcel.bpmn\"\r\n\r\n"
                + PROCESS + "\r\n--part--\r\n";
    }

    private void post(URI to, String type, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(to)
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private String tasks(URI api) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(api.resolve("task/count")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
