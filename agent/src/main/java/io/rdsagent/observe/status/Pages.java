package io.rdsagent.observe.status;

import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What is answered at which path. There is nothing here that changes anything. */
public final class Pages {

    private static final String JSON = "application/json";
    /** However often one is asked for, it is made no more often than this. */
    private static final long FRESH_MILLIS = 200;

    private final Map<String, Supplier<Response>> pages = new LinkedHashMap<>();
    private final Report report;
    private final boolean isPrivate;

    /**
     * @param metrics in the text format of Prometheus
     * @param isPrivate whether this machine alone can reach it
     */
    public Pages(Report report, Supplier<String> metrics, Clock clock, boolean isPrivate) {
        this.report = report;
        this.isPrivate = isPrivate;
        pages.put("/", file("index.html", "text/html; charset=utf-8"));
        pages.put("/page.js", file("page.js", "text/javascript; charset=utf-8"));
        pages.put("/page.css", file("page.css", "text/css; charset=utf-8"));
        pages.put("/health", new Fresh(clock, () -> health(null)));
        pages.put("/health/live", () -> Response.ok(JSON, "{\"status\":\"UP\"}"));
        pages.put("/status", new Fresh(clock, () -> Response.ok(JSON, report.status())));
        pages.put(
                "/metrics",
                new Fresh(clock, () -> Response.ok("text/plain; version=0.0.4; charset=utf-8", metrics.get())));
    }

    Response answer(Request request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return Response.refusal("405 Method Not Allowed", "This server is read only: GET or HEAD.");
        }
        if (isPrivate && !request.isAskedByAddress()) {
            return Response.refusal(
                    "403 Forbidden",
                    "This server listens for its own machine alone: ask for it as localhost or by address.");
        }
        String database = request.parameter("database");
        if (database != null && request.path().equals("/health")) {
            return health(database);
        }
        Supplier<Response> page = pages.get(request.path());
        return page == null
                ? Response.refusal("404 Not Found", "There is: " + String.join(", ", pages.keySet()))
                : page.get();
    }

    private Response health(String only) {
        Report.Health health = report.health(only);
        return new Response(health.up ? "200 OK" : "503 Service Unavailable", JSON, health.json);
    }

    private static Supplier<Response> file(String name, String type) {
        return () -> {
            try (InputStream in = Pages.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new FileNotFoundException(name);
                }
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                byte[] buffer = new byte[8192];
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    bytes.write(buffer, 0, read);
                }
                return Response.ok(type, new String(bytes.toByteArray(), StandardCharsets.UTF_8));
            } catch (IOException damaged) {
                throw new UncheckedIOException(damaged);
            }
        };
    }

    /** On the server's thread alone. */
    private static final class Fresh implements Supplier<Response> {

        private final Clock clock;
        private final Supplier<Response> made;
        private Response last;
        private long lastAt;

        Fresh(Clock clock, Supplier<Response> made) {
            this.clock = clock;
            this.made = made;
        }

        @Override
        public Response get() {
            long now = clock.millis();
            if (last == null || Math.abs(now - lastAt) >= FRESH_MILLIS) {
                last = made.get();
                lastAt = now;
            }
            return last;
        }
    }
}
