package io.rdsagent.it.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A Spring Boot application shows the agent's metrics in its Actuator, and nobody has told it to. */
class ActuatorIT {

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path classes;

    @ParameterizedTest
    @CsvSource({"2.7.18, 1.7.36, 1.9.17", "3.4.4, 2.0.17, 1.14.5"})
    void theActuatorShowsTheAgentsMetrics(String boot, String slf4j, String micrometer) throws Exception {
        List<String> artifacts = List.of(
                "org.springframework.boot:spring-boot-starter-web:" + boot,
                "org.springframework.boot:spring-boot-starter-actuator:" + boot,
                "org.springframework.boot:spring-boot-starter-jdbc:" + boot,
                "io.micrometer:micrometer-registry-prometheus:" + micrometer,
                "org.slf4j:slf4j-api:" + slf4j);
        compile(artifacts);
        try (LocalRds rds = LocalRds.builder().nodes(1).start();
                ForkedJvm jvm = ForkedJvm.of(
                                "com.example.ActuatorApplication",
                                "--server.port=0",
                                "--server.address=127.0.0.1",
                                "--management.endpoints.web.exposure.include=metrics,prometheus",
                                "--spring.datasource.url=jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port()
                                        + "/orders",
                                "--spring.datasource.username=app")
                        .jar(classes)
                        .artifacts(artifacts)
                        .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                        .on(rds)
                        .start()) {
            jvm.await("port ");
            String actuator = "http://127.0.0.1:" + jvm.out("port ").get(0).substring("port ".length()) + "/actuator/";

            Awaitility.await("the agent's metrics")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> get(actuator + "metrics").contains("\"rdsagent.token.age\""));
            assertThat(get(actuator + "metrics/rdsagent.connects?tag=outcome:success"))
                    .contains(rds.clusterHost(), "\"statistic\":\"COUNT\"");
            assertThat(get(actuator + "prometheus"))
                    .contains("rdsagent_connections{", "rdsagent_endpoint_up{", "rdsagent_connects_seconds");
            assertThat(jvm.all()).doesNotContain("fault of the agent");
        }
    }

    private void compile(List<String> artifacts) {
        String libraries = Arrays.stream(
                        Maven.resolver().resolve(artifacts).withTransitivity().asFile())
                .map(File::toString)
                .collect(Collectors.joining(File.pathSeparator));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-proc:none",
                                "-d",
                                classes.toString(),
                                "-cp",
                                libraries,
                                "src/programs/boot/com/example/ActuatorApplication.java"))
                .isZero();
    }

    private String get(String url) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
