package io.rdsagent.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The application's process. It ends with this JVM, or when it has run for much too long. */
final class Application implements AutoCloseable {

    private final Process process;
    private final Thread hook;
    private final Thread errors;

    private Application(Process process, Consumer<String> onError) {
        this.process = process;
        this.hook = new Thread(process::destroyForcibly, "end-of-application");
        this.errors = new Thread(() -> forEachLine(process.getErrorStream(), onError), "errors-of-application");
    }

    /**
     * @param environment takes the place of what this JVM has of the same kind, so that nobody's own keys get in
     * @param onError takes the lines of the standard error, on a thread of its own
     * @param limit after which the process is killed
     */
    static Application start(
            List<String> command, Map<String, String> environment, Consumer<String> onError, Duration limit)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("RDSAGENT_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Application application = new Application(process, onError);
        Runtime.getRuntime().addShutdownHook(application.hook);
        application.errors.setDaemon(true);
        application.errors.start();
        CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS)
                .execute(process::destroyForcibly);
        return application;
    }

    /** Hands over each line of the standard output until there is none any more; returns the exit status. */
    int run(Consumer<String> onLine) throws InterruptedException {
        forEachLine(process.getInputStream(), onLine);
        errors.join();
        return process.waitFor();
    }

    private static void forEachLine(InputStream stream, Consumer<String> consumer) {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                consumer.accept(line);
            }
        } catch (IOException e) {
            // The process was destroyed under the reader; it says nothing more.
            return;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM ends already, and the hook does its work.
            return;
        }
    }
}
