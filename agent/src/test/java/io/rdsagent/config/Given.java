package io.rdsagent.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Configurations of the shape a test is about. */
final class Given {
    private Given() {}

    static Config argument(String argument) {
        return Config.read(Collections.emptyMap(), Collections.emptyMap(), argument);
    }

    static Config properties(String... namesAndValues) {
        return Config.read(map(namesAndValues), Collections.emptyMap(), null);
    }

    static Config environment(String... namesAndValues) {
        return Config.read(Collections.emptyMap(), map(namesAndValues), null);
    }

    static Map<String, String> map(String... namesAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    static DatabaseConfig database(Config config, String name) {
        return config.databases().stream()
                .filter(database -> database.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not among " + config.databases()));
    }

    static Setting setting(Config config, String key) {
        return config.settings().stream()
                .filter(setting -> setting.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError(key + " is not among " + config.settings()));
    }
}
