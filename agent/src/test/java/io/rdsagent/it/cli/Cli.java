package io.rdsagent.it.cli;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The command line, started as a person starts it. */
final class Cli {

    private final List<String> options = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String java =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    record Ended(int status, String out, String err) {

        String all() {
            return out + err;
        }
    }

    /** Where the host names lead, and keys that the servers know. */
    Cli on(LocalRds rds) {
        environment.putAll(rds.environment());
        return option("-Djdk.net.hosts.file=" + rds.hostsFile()).option("-Drdsagent.tls.ca=" + rds.caFile());
    }

    Cli option(String option) {
        options.add(option);
        return this;
    }

    Cli environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    Cli java(String command) {
        java = command;
        return this;
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(java.split(" ")));
        command.addAll(options);
        command.addAll(List.of("-jar", ForkedJvm.AGENT.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    Ended run(String... arguments) throws IOException, InterruptedException {
        return run(command(arguments));
    }

    Ended run(List<String> command) throws IOException, InterruptedException {
        File out = File.createTempFile("cli", ".out");
        File err = File.createTempFile("cli", ".err");
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectOutput(out).redirectError(err);
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("RDSAGENT_"));
            builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + command + "\n" + Files.readString(out.toPath()));
            }
            return new Ended(process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
        } finally {
            Files.delete(out.toPath());
            Files.delete(err.toPath());
        }
    }
}
