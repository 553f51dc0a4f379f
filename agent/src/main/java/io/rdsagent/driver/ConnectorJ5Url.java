package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import java.lang.reflect.InvocationTargetException;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * A URL as Connector/J 5.1 understands it: {@code NonRegisteringDriver.parseURL}, by which it goes itself. Properties
 * win over the URL's parameters, and what an {@code address=(…)} says of one host over both.
 */
final class ConnectorJ5Url {

    private static final String STANDARD = "com.mysql.jdbc.StandardSocketFactory";

    /** The ways in which it chooses the hosts by itself. */
    private static final List<String> WAYS = Arrays.asList("loadbalance", "replication");

    private final Properties parsed;
    private final List<Properties> hosts;

    private ConnectorJ5Url(Properties parsed, List<Properties> hosts) {
        this.parsed = parsed;
        this.hosts = hosts;
    }

    /** Null when the driver refuses it, or hands it to something that it starts itself. */
    static ConnectorJ5Url parse(Driver driver, String url, Properties info) throws SQLException {
        if (!url.startsWith("jdbc:mysql://") && way(url) == null) {
            return null;
        }
        try {
            Properties parsed = (Properties) driver.getClass()
                    .getMethod("parseURL", String.class, Properties.class)
                    .invoke(driver, url, info);
            return parsed == null ? null : new ConnectorJ5Url(parsed, hosts(driver, parsed));
        } catch (InvocationTargetException failure) {
            if (failure.getCause() instanceof SQLException) {
                throw (SQLException) failure.getCause();
            }
            return null;
        } catch (ReflectiveOperationException | NumberFormatException notThisDriver) {
            return null;
        }
    }

    /** Null for a URL that leaves no choice: the agent has it. */
    static String way(String url) {
        for (String way : WAYS) {
            if (url.startsWith("jdbc:mysql:" + way + "://")) {
                return way;
            }
        }
        return null;
    }

    /** For each host what is said of it alone. */
    private static List<Properties> hosts(Driver driver, Properties parsed) throws ReflectiveOperationException {
        List<Properties> hosts = new ArrayList<>();
        int count = Integer.parseInt(parsed.getProperty("NUM_HOSTS", "1"));
        for (int i = 1; i <= count; i++) {
            String host = parsed.getProperty("HOST." + i, parsed.getProperty("HOST", "localhost"));
            if (host.trim().toLowerCase(Locale.ROOT).startsWith("address=")) {
                hosts.add((Properties) driver.getClass()
                        .getMethod("expandHostKeyValues", String.class)
                        .invoke(null, host));
            } else {
                Properties alone = new Properties();
                alone.setProperty("HOST", host);
                alone.setProperty("PORT", parsed.getProperty("PORT." + i, parsed.getProperty("PORT", "3306")));
                hosts.add(alone);
            }
        }
        return hosts;
    }

    /** Null when one of them can't be dialled. */
    List<HostPort> hosts() {
        List<HostPort> addresses = new ArrayList<>();
        try {
            for (Properties host : hosts) {
                String name = host.getProperty("HOST", "localhost");
                addresses.add(HostPort.of(
                        name.trim().isEmpty() ? "localhost" : name,
                        Integer.parseInt(host.getProperty("PORT", "3306").trim())));
            }
            return addresses.isEmpty() ? null : addresses;
        } catch (IllegalArgumentException noSuchAddress) {
            return null;
        }
    }

    String database() {
        return setting("DBNAME");
    }

    /** Null when there is none. */
    String setting(String name) {
        String value = settings().getProperty(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** All of the first host, what is said of it alone among them. */
    Properties settings() {
        Properties settings = AllProperties.of(parsed);
        settings.putAll(AllProperties.of(hosts.get(0)));
        return settings;
    }

    /** Whether these settings leave it to something else where to go. */
    static boolean goesElsewhere(Properties settings) {
        return !settings.getProperty("socketFactory", STANDARD).equals(STANDARD)
                || settings.getProperty("PATH") != null
                || "pipe".equalsIgnoreCase(settings.getProperty("PROTOCOL"));
    }
}
