package io.rdsagent.it.jvms;

import io.rdsagent.it.ForkedJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A container that runs. */
final class ContainerRun implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI pulse;
    private final ForkedJvm jvm;

    private ContainerRun(URI pulse, ForkedJvm jvm) {
        this.pulse = pulse;
        this.jvm = jvm;
    }

    /** @param options for the JVM; in the environment that attaches the agent as well */
    static ContainerRun start(Container container, Site site, Map<String, String> options) throws IOException {
        ProcessBuilder command = new ProcessBuilder(container.command(site));
        Map<String, String> environment = command.environment();
        environment.keySet().removeIf(name -> name.matches("(AWS|RDSAGENT|JAVA|JDK|CATALINA|JBOSS).*"));
        environment.putAll(site.rds().environment());
        environment.putAll(container.environment(site));
        environment.putAll(options);
        command.directory(site.home().toFile());
        return new ContainerRun(URI.create("http://127.0.0.1:" + site.port() + "/app/pulse"), ForkedJvm.start(command));
    }

    ForkedJvm jvm() {
        return jvm;
    }

    /** Waits until the application is there. */
    ContainerRun up() {
        return up(Duration.ofMillis(200));
    }

    /** @param pause between two questions whether it is */
    ContainerRun up(Duration pause) {
        try {
            Awaitility.await("an answer")
                    .atMost(Duration.ofMinutes(2))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(pause)
                    .until(() -> !jvm.isAlive() || isThere());
        } catch (ConditionTimeoutException none) {
            // Nobody has it yet who could.
            close();
            throw new AssertionError("no answer:\n" + jvm.all(), none);
        }
        if (!jvm.isAlive()) {
            throw new AssertionError("ended:\n" + jvm.all());
        }
        return this;
    }

    private boolean isThere() {
        try {
            return get("").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The user and the session at the server. */
    List<String> beat(String query) throws IOException {
        HttpResponse<String> answer = get(query);
        if (answer.statusCode() != 200) {
            throw new AssertionError("the application has seen an error: " + answer.body() + "\n" + jvm.all());
        }
        return List.of(answer.body().trim().split(" "));
    }

    private HttpResponse<String> get(String query) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create(pulse + query))
                            .timeout(Duration.ofSeconds(30))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IOException(stop);
        }
    }

    @Override
    public void close() {
        jvm.close();
    }
}
