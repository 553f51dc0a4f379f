package io.rdsagent.config;

import java.io.File;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** What was asked for: all settings as they are in effect, and what was wrong with what people wrote. */
public final class Config {
    private final Values values;
    private final DatabaseConfig[] named;
    private final DatabaseConfig otherwise;
    private final List<DatabaseConfig> databases;
    private final List<Setting> settings;
    private final List<String> problems;

    /** @param databases the named ones in the order of their names, then the default one */
    Config(Values values, List<DatabaseConfig> databases, List<Setting> settings, List<String> problems) {
        int last = databases.size() - 1;
        this.values = values;
        this.named = databases.subList(0, last).toArray(new DatabaseConfig[0]);
        this.otherwise = databases.get(last);
        this.databases = databases;
        this.settings = settings;
        this.problems = problems;
    }

    /**
     * Never throws for bad input: each mistake is a line in {@link #problems()}, and the default, or nothing, is used
     * instead.
     *
     * @param systemProperties a copy that nobody changes while it is read
     * @param agentArgument what follows {@code =} in {@code -javaagent:jar=…}; null if nothing does
     */
    public static Config read(
            Map<String, String> systemProperties, Map<String, String> environment, String agentArgument) {
        Problems problems = new Problems();
        return new Assembly(Sources.read(systemProperties, environment, agentArgument, problems), problems).config();
    }

    /** False: the agent is to do nothing at all. */
    public boolean enabled() {
        return values.get(Keys.ENABLED);
    }

    public LogLevel logLevel() {
        return values.get(Keys.LOG_LEVEL);
    }

    /** Null: stderr. */
    public File logFile() {
        return values.get(Keys.LOG_FILE);
    }

    public LogFormat logFormat() {
        return values.get(Keys.LOG_FORMAT);
    }

    /** In bytes. */
    public long logFileSize() {
        return values.get(Keys.LOG_FILE_SIZE);
    }

    /** Beside the one that is written. */
    public int logFileCount() {
        return values.get(Keys.LOG_FILE_COUNT);
    }

    /** 1 to 65535, or 0 for any that is free; null: off. */
    public Integer statusPort() {
        return values.get(Keys.STATUS_PORT);
    }

    public String statusHost() {
        return values.get(Keys.STATUS_HOST);
    }

    /** With a port; null: the platform's. */
    public HostPort dnsServer() {
        return values.get(Keys.DNS_SERVER);
    }

    /** By the other name of a class or package of a driver's the name that the agent knows it by. */
    public Map<String, String> drivers() {
        Map<String, String> drivers = values.get(Keys.DRIVERS);
        return drivers == null ? Collections.<String, String>emptyMap() : drivers;
    }

    /** By the name of a class, its method that says whether a connection is too old. */
    public Map<String, String> poolTooOld() {
        Map<String, String> methods = values.get(Keys.POOL_TOO_OLD);
        return methods == null ? Collections.<String, String>emptyMap() : methods;
    }

    /** One line for each mistake: what is wrong, what the agent does instead, what would be right. */
    public List<String> problems() {
        return problems;
    }

    /**
     * Whose host this is: a named database before the default one; among the named ones the one that names the host
     * most exactly, a host before a glob and with a port before without; of equals the first by name.
     *
     * @param host as the URL says it, without brackets, in any case; null is nobody's
     * @param port the URL's or the driver's default; -1 if unknown, which only patterns for all ports match
     * @return null if the agent does not look after that host
     */
    public DatabaseConfig forHost(String host, int port) {
        if (host == null) {
            return null;
        }
        DatabaseConfig best = null;
        int bestFit = -1;
        for (int i = 0; i < named.length; i++) {
            int fit = named[i].hosts().fit(host, port);
            if (fit > bestFit) {
                best = named[i];
                bestFit = fit;
            }
        }
        if (best != null) {
            return best;
        }
        return otherwise.hosts().matches(host, port) ? otherwise : null;
    }

    /** The named ones in the order of their names, then the default one. */
    public List<DatabaseConfig> databases() {
        return databases;
    }

    /** What is in effect: every key once, then what is different for each named database. */
    public List<Setting> settings() {
        return settings;
    }
}
