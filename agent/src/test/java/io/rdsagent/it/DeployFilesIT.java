package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.localrds.LocalRds;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The files with which the manual shows how the agent gets into containers: read, and run as far as no engine is needed. */
class DeployFilesIT {

    private static final Path FILES = Path.of("..", "src", "site", "resources", "deploy");
    private static final String ATTACHED = "-javaagent:";

    @TempDir
    Path directory;

    @Test
    void thePodsApplicationFindsTheAgentWhereTheInitContainerHasLaidIt() throws Exception {
        Map<String, Object> spec = map(read("pod.yaml").get("spec"));
        Map<String, Object> init = list(spec.get("initContainers")).get(0);
        Map<String, Object> application = list(spec.get("containers")).get(0);
        String volume = text(list(spec.get("volumes")).get(0), "name");
        Map<String, Object> from = mount(init.get("volumeMounts"), "name", volume);
        Map<String, Object> into = mount(application.get("volumeMounts"), "name", volume);

        assertThat(copied(text(from, "mountPath"), text(into, "mountPath")))
                .isEqualTo(option(list(application.get("env")), "name"));
    }

    @Test
    void theTasksApplicationFindsTheAgentWhereTheSidecarHasLaidIt() throws Exception {
        Map<String, Object> task = read("ecs-task.json");
        Map<String, Object> sidecar = list(task.get("containerDefinitions")).get(0);
        Map<String, Object> application = list(task.get("containerDefinitions")).get(1);
        String volume = text(list(task.get("volumes")).get(0), "name");
        Map<String, Object> from = mount(sidecar.get("mountPoints"), "sourceVolume", volume);
        Map<String, Object> into = mount(application.get("mountPoints"), "sourceVolume", volume);

        assertThat(copied(text(from, "containerPath"), text(into, "containerPath")))
                .isEqualTo(option(list(application.get("environment")), "name"));
        assertThat(list(application.get("dependsOn")).get(0))
                .isEqualTo(Map.of("containerName", text(sidecar, "name"), "condition", "SUCCESS"));
    }

    /** What the image's own command does, with these folders mounted, and the option that leads to what it made. */
    private static String copied(String from, String into) throws IOException {
        String command = Files.readAllLines(FILES.resolve("Dockerfile")).stream()
                .filter(line -> line.startsWith("CMD "))
                .findFirst()
                .orElseThrow();
        List<String> words = new Yaml().load(command.substring(4));
        assertThat(words).startsWith("cp", "/agent/rds-jdbc-agent.jar");
        assertThat(words.get(2)).startsWith(from + "/");
        return ATTACHED + into + words.get(2).substring(from.length());
    }

    @Test
    void aFunctionLogsInWithTheAgentOfTheLayer() throws Exception {
        Path layer = directory.resolve("layer.zip");
        Process made = new ProcessBuilder(
                        FILES.resolve("lambda-layer").toString(), ForkedJvm.AGENT.toString(), layer.toString())
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        Path opt = unpack(layer);

        try (LocalRds rds = LocalRds.builder().nodes(1).start()) {
            ForkedJvm function = ForkedJvm.of(
                            "com.example.Connects",
                            "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app",
                            "1")
                    .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                    .on(rds)
                    .withoutAgent()
                    .environment("JAVA_TOOL_OPTIONS", saidOption("lambda-layer").replace("/opt", opt.toString()))
                    .run();

            assertThat(function.out("connected")).as(function.all()).hasSize(1);
        }
    }

    private Path unpack(Path zip) throws IOException {
        Path opt = directory.resolve("opt");
        try (ZipFile layer = new ZipFile(zip.toFile())) {
            for (ZipEntry entry : layer.stream().toList()) {
                Path to = opt.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(to);
                } else {
                    Files.createDirectories(to.getParent());
                    Files.copy(layer.getInputStream(entry), to);
                }
            }
        }
        return opt;
    }

    private static String saidOption(String file) throws IOException {
        return Files.readAllLines(FILES.resolve(file)).stream()
                .filter(line -> line.contains(ATTACHED))
                .map(line -> line.substring(line.indexOf(ATTACHED)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void systemdTakesTheDropIn() throws Exception {
        assumeTrue(new File("/usr/bin/systemd-analyze").canExecute(), "no systemd-analyze here");
        Path unit = directory.resolve("orders.service");
        Files.writeString(unit, "[Service]\nExecStart=/bin/true\n");
        Path dropIn =
                Files.createDirectory(directory.resolve("orders.service.d")).resolve("rds-jdbc-agent.conf");
        Files.copy(FILES.resolve("rds-jdbc-agent.conf"), dropIn);

        Process verified = new ProcessBuilder("systemd-analyze", "verify", unit.toString())
                .redirectErrorStream(true)
                .start();

        assertThat(verified.inputReader().lines().filter(line -> line.contains(directory.toString())))
                .isEmpty();
        assertThat(saidOption("rds-jdbc-agent.conf")).isEqualTo("-javaagent:/opt/rds-jdbc-agent/rds-jdbc-agent.jar");
    }

    private static Map<String, Object> read(String file) throws IOException {
        return new Yaml().load(Files.readString(FILES.resolve(file)));
    }

    private static String option(List<Map<String, Object>> environment, String key) {
        return environment.stream()
                .filter(variable -> variable.get(key).equals("JAVA_TOOL_OPTIONS"))
                .map(variable -> text(variable, "value"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> mount(Object mounts, String key, String volume) {
        return list(mounts).stream()
                .filter(mount -> mount.get(key).equals(volume))
                .collect(Collectors.toMap(mount -> volume, Function.identity()))
                .get(volume);
    }

    private static String text(Map<String, Object> of, String key) {
        return (String) of.get(key);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Object value) {
        return (List<Map<String, Object>>) value;
    }
}
