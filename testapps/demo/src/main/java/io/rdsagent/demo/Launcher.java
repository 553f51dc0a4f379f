package io.rdsagent.demo;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Makes the application's command line, with the agent and without. */
final class Launcher {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final LocalRds rds;
    private final Plan plan;
    private final Path agentJar;
    private final Path applicationJar;
    private final Path properties;
    private final Map<String, String> settings;

    /** @param overrides settings of the agent that win over the demo's own */
    Launcher(LocalRds rds, Plan plan, Path repository, Path folder, Map<String, String> overrides) throws IOException {
        this.rds = rds;
        this.plan = plan;
        this.agentJar = built(repository.resolve("agent/target/rds-jdbc-agent.jar"));
        this.applicationJar = built(repository.resolve("testapps/legacy-orders/target/legacy-orders.jar"));
        this.properties = writeProperties(repository, folder);
        this.settings = new LinkedHashMap<>();
        settings.put("iam", "always");
        settings.put("lifetime", Text.setting(plan.lifetime()));
        settings.put("lifetime.margin", Text.setting(plan.margin()));
        if (plan.victim() == Victim.READER) {
            settings.put("endpoints", endpoints());
        }
        settings.put("tls.ca", rds.caFile().toString());
        settings.putAll(overrides);
    }

    private static Path built(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("There is no " + jar
                    + ". Build it: mvn -q -pl testapps/demo -am package -DskipTests, or run scripts/demo, which does.");
        }
        return jar.toAbsolutePath().normalize();
    }

    /** The application's own file, with this run's port and length. */
    private Path writeProperties(Path repository, Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(
                repository.resolve("testapps/legacy-orders/orders.properties"), StandardCharsets.ISO_8859_1)) {
            lines.add(line.replaceAll(":5432/", ":" + rds.port() + "/")
                    .replaceAll("^seconds=.*", "seconds=" + plan.seconds())
                    .replaceAll("^closingSeconds=.*", "closingSeconds=" + plan.closingSeconds()));
        }
        return Files.write(folder.resolve("orders.properties"), lines, StandardCharsets.ISO_8859_1);
    }

    /** Without them the agent asks the cluster who its instances are, and who of them is the writer. */
    private String endpoints() {
        return rds.nodes().stream()
                .map(node -> node.host() + ":" + node.port() + "/" + role(node))
                .collect(Collectors.joining(","));
    }

    static String role(Node node) {
        return node.isWriter() ? "writer" : "reader";
    }

    /** The agent's settings in the order in which a person reads them. */
    Map<String, String> settings() {
        return settings;
    }

    Application withoutAgent(Consumer<String> onError) throws IOException {
        return Application.start(command(List.of()), Map.of(), onError, PATIENCE);
    }

    Application withAgent(Consumer<String> onError) throws IOException {
        List<String> options = new ArrayList<>(List.of("-javaagent:" + agentJar));
        settings.forEach((key, value) -> options.add("-Drdsagent." + key + "=" + value));
        return Application.start(command(options), rds.environment(), onError, PATIENCE.plusSeconds(plan.seconds()));
    }

    private List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        // In place of a DNS that knows the local RDS.
        command.add("-Djdk.net.hosts.file=" + rds.hostsFile());
        command.add("-Dsun.net.inetaddr.ttl=0");
        command.addAll(List.of("-jar", applicationJar.toString(), properties.toString()));
        return command;
    }
}
