package io.rdsagent.it.observe;

import io.rdsagent.it.ForkedJvm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;

/** The status server of a forked JVM, found by what the agent's log says. */
public final class StatusPort {

    private static final Pattern SAID = Pattern.compile("The status page is at (http://\\S+/),");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI page;

    private StatusPort(URI page) {
        this.page = page;
    }

    public static StatusPort of(ForkedJvm jvm) {
        Awaitility.await("the page's address in the log")
                .atMost(Duration.ofSeconds(30))
                .until(() -> SAID.matcher(jvm.all()).find());
        Matcher said = SAID.matcher(jvm.all());
        said.find();
        return new StatusPort(URI.create(said.group(1)));
    }

    String page() {
        return page.toString();
    }

    int port() {
        return page.getPort();
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonNode status() throws IOException, InterruptedException {
        return JsonNode.parser().parse(get("/status").body());
    }

    /** Of a counter or a timer's count, all tags together; 0 when there is none. */
    double total(String family) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(family + "{") || line.startsWith(family + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
