package io.rdsagent.cli;

import io.rdsagent.config.Config;
import io.rdsagent.config.DatabaseConfig;
import java.io.File;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The configuration as it would be in an application that is started here, and what the command line says on top. */
final class Asked {

    private static final String PREFIX = "rdsagent.";

    @Option(names = "--config", paramLabel = "FILE", description = "A file with settings.")
    private File file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A setting, before all others; may be given again.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--region", paramLabel = "NAME", description = "The region; by default the one in the host's name.")
    private String region;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The profile of the AWS configuration files whose credentials sign.")
    private String profile;

    @Option(names = "--role-arn", paramLabel = "ARN", description = "The role that is assumed to sign.")
    private String role;

    Config config() {
        return config(null);
    }

    /** Also for a host that an application's agent would leave alone. */
    DatabaseConfig database(String host, int port) {
        DatabaseConfig database = config().forHost(host, port);
        return database == null ? config(host).forHost(host, port) : database;
    }

    /** @param match null for what is configured */
    private Config config(String match) {
        Map<String, String> all = new HashMap<>();
        for (String name : System.getProperties().stringPropertyNames()) {
            all.put(name, System.getProperty(name));
        }
        settings.forEach((key, value) -> put(all, key, value));
        put(all, "config", file == null ? null : file.getPath());
        put(all, "region", region);
        put(all, "profile", profile);
        put(all, "role-arn", role);
        put(all, "match", match);
        return Config.read(all, System.getenv(), null);
    }

    private static void put(Map<String, String> all, String key, String value) {
        if (value != null) {
            all.put(PREFIX + key, value);
        }
    }
}
