package io.rdsagent.core;

import io.rdsagent.config.Config;
import io.rdsagent.observe.Log;
import io.rdsagent.observe.RotatedFile;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The configuration of this JVM, and the log that it asks for. */
final class Settings {

    private final Config config;
    private final Log log;

    private Settings(Config config, Log log) {
        this.config = config;
        this.log = log;
    }

    static Settings read(String argument, Clock clock) {
        Config config = Config.read(strings(System.getProperties()), System.getenv(), argument);
        Log log = log(config, clock);
        if (config.enabled()) {
            config.problems().forEach(log::warn);
        }
        return new Settings(config, log);
    }

    Config config() {
        return config;
    }

    Log log() {
        return log;
    }

    private static Log log(Config config, Clock clock) {
        File file = config.logFile();
        if (file == null) {
            return log(System.err, config, clock);
        }
        try {
            OutputStream rotated = new RotatedFile(file, config.logFileSize(), config.logFileCount());
            return log(new PrintStream(rotated, true, "UTF-8"), config, clock);
        } catch (IOException unwritable) {
            Log log = log(System.err, config, clock);
            log.warn("log.file: " + file + " can't be written (" + unwritable.getMessage()
                    + "). Logging to stderr instead; name a file that this process may write.");
            return log;
        }
    }

    private static Log log(PrintStream to, Config config, Clock clock) {
        return new Log(to, config.logLevel(), config.logFormat(), clock);
    }

    private static Map<String, String> strings(Properties properties) {
        Map<String, String> strings = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            strings.put(name, properties.getProperty(name));
        }
        return strings;
    }
}
