package io.rdsagent.it;

import io.rdsagent.localrds.LocalRds;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.resolver.api.maven.Maven;

/** A program in a JVM of its own, as a person would start it. */
public final class ForkedJvm implements AutoCloseable {

    public static final Path AGENT = Path.of("target", "rds-jdbc-agent.jar").toAbsolutePath();
    public static final String NEWEST_PGJDBC = System.getProperty("pgjdbc.newest");
    public static final String NEWEST_HIKARICP = System.getProperty("hikaricp.newest");

    private final Process process;
    private final List<String> out = new CopyOnWriteArrayList<>();
    private final List<String> err = new CopyOnWriteArrayList<>();
    private final List<Thread> readers = new ArrayList<>();

    private ForkedJvm(ProcessBuilder command) throws IOException {
        process = command.start();
        readers.add(read(process.inputReader(StandardCharsets.UTF_8), out));
        readers.add(read(process.errorReader(StandardCharsets.UTF_8), err));
    }

    private static Thread read(BufferedReader lines, List<String> into) {
        Thread reader = new Thread(() -> {
            try (lines) {
                lines.lines().forEach(into::add);
            } catch (IOException | UncheckedIOException ended) {
                into.add("(unreadable: " + ended + ")");
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    public static Builder of(String main, String... arguments) {
        return new Builder(main, arguments);
    }

    /** Whatever starts a JVM in the end: the start script of a server, say. */
    public static ForkedJvm start(ProcessBuilder command) throws IOException {
        return new ForkedJvm(command);
    }

    /** With one argument before the others. */
    public static Builder of(String main, String first, String[] others) {
        List<String> arguments = new ArrayList<>(List.of(first));
        arguments.addAll(List.of(others));
        return new Builder(main, arguments.toArray(new String[0]));
    }

    public long pid() {
        return process.pid();
    }

    /** Standard output so far. */
    public List<String> out() {
        return out;
    }

    /** Standard error so far: what the agent says. */
    public List<String> err() {
        return err;
    }

    /** Both, for what must not be in either. */
    public String all() {
        return String.join("\n", out) + "\n" + String.join("\n", err);
    }

    public List<String> out(String prefix) {
        return out.stream().filter(line -> line.startsWith(prefix)).toList();
    }

    public void await(String prefix) {
        Awaitility.await(prefix)
                .atMost(Duration.ofSeconds(60))
                .until(() -> !out(prefix).isEmpty() || !process.isAlive());
        if (out(prefix).isEmpty()) {
            throw new AssertionError("ended without saying " + prefix + ":\n" + all());
        }
    }

    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits for its end. */
    public ForkedJvm end() throws InterruptedException {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end:\n" + all());
        }
        for (Thread reader : readers) {
            reader.join();
        }
        return this;
    }

    /** Asks it to end, as a service's stop does. */
    public ForkedJvm stop() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        return end();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public int status() {
        return process.exitValue();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    public static final class Builder {

        private final String main;
        private final List<String> arguments;
        private final Map<String, String> environment = new LinkedHashMap<>();
        private final List<String> options = new ArrayList<>();
        private final List<String> classPath = new ArrayList<>(
                List.of(Path.of("target", "programs").toAbsolutePath().toString()));
        private String java =
                Path.of(System.getProperty("java.home"), "bin", "java").toString();
        private boolean agent = true;

        private Builder(String main, String... arguments) {
            this.main = main;
            this.arguments = Arrays.asList(arguments);
        }

        /** The command that starts Java; may have arguments of its own. */
        public Builder java(String command) {
            java = command;
            return this;
        }

        public Builder withoutAgent() {
            agent = false;
            return this;
        }

        public Builder pgjdbc(String version) {
            return library("postgresql-" + version);
        }

        public Builder hikaricp(String version) {
            String slf4j = System.getProperty("slf4j.version");
            return library("HikariCP-" + version).library("slf4j-api-" + slf4j).library("slf4j-nop-" + slf4j);
        }

        /** @param name of a jar, with its version */
        public Builder library(String name) {
            Path jar = Path.of("target", "lib", name + ".jar").toAbsolutePath();
            if (!Files.exists(jar)) {
                throw new AssertionError("not there: " + jar);
            }
            return jar(jar);
        }

        /** Jars alone: an archive of classes takes no folder. */
        public Builder withoutFolders() {
            classPath.clear();
            return this;
        }

        public Builder jar(Path jar) {
            classPath.add(jar.toString());
            return this;
        }

        /** @param artifacts group:artifact:version, with all that they need */
        public Builder artifacts(List<String> artifacts) {
            if (artifacts.isEmpty()) {
                return this;
            }
            for (File jar :
                    Maven.resolver().resolve(artifacts).withTransitivity().asFile()) {
                classPath.add(jar.toString());
            }
            return this;
        }

        /** What the tests themselves have on their class path, the AWS SDK among it. */
        public Builder withTestLibraries() {
            classPath.addAll(
                    Arrays.asList(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                            .split(File.pathSeparator)));
            return this;
        }

        /** Where the host names lead, and keys that the servers know. */
        public Builder on(LocalRds rds) {
            return onWithoutRoots(rds).set("tls.ca", rds.caFile().toString());
        }

        /** The same, where the bundled roots of RDS are all that is trusted. */
        public Builder onWithoutRoots(LocalRds rds) {
            environment.putAll(rds.environment());
            // What is not about the instances has the endpoint that it names and no login more than it makes.
            set("discover", "none");
            return option("-Djdk.net.hosts.file=" + rds.hostsFile()).option("-Dsun.net.inetaddr.ttl=0");
        }

        /** Keys come from elsewhere. */
        public Builder withoutKeys() {
            environment.keySet().removeIf(name -> name.matches("AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)"));
            return this;
        }

        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        public Builder set(String key, String value) {
            return option("-Drdsagent." + key + "=" + value);
        }

        public Builder option(String option) {
            options.add(option);
            return this;
        }

        public ForkedJvm start() throws IOException {
            List<String> command = new ArrayList<>(Arrays.asList(java.split(" ")));
            command.addAll(options);
            if (agent) {
                command.add("-javaagent:" + AGENT);
            }
            command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("RDSAGENT_"));
            builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
            builder.environment().putAll(environment);
            return new ForkedJvm(builder);
        }

        public ForkedJvm run() throws IOException, InterruptedException {
            try (ForkedJvm jvm = start()) {
                return jvm.end();
            }
        }
    }
}
