package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import java.lang.reflect.InvocationTargetException;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A URL as Connector/J understands it: {@code com.mysql.cj.conf.ConnectionUrl}, by which it goes itself. Properties win
 * over the URL's parameters; a user or password before an @ or in an {@code address=(…)} wins over both.
 */
final class ConnectorJUrl {

    private static final String HOME = "com.mysql.cj.jdbc";
    private static final String TYPE = "com.mysql.cj.conf.ConnectionUrl";

    private final Object url;

    private ConnectorJUrl(Object url) {
        this.url = url;
    }

    /** Null when the driver refuses it, and where its hosts are to be had from the DNS and are not. */
    static ConnectorJUrl parse(Driver driver, String url, Properties info) {
        try {
            Class<?> type = DriversOwn.find(driver.getClass(), HOME, TYPE);
            return new ConnectorJUrl(type.getMethod("getConnectionUrlInstance", String.class, Properties.class)
                    .invoke(null, url, info));
        } catch (InvocationTargetException refused) {
            return null;
        } catch (ReflectiveOperationException notThisDriver) {
            return null;
        }
    }

    /** Null when one connection to one of its hosts is all that it asks for. */
    String whyLeftAlone() {
        String type = String.valueOf(ask(url, "getType"));
        if (!type.equals("SINGLE_CONNECTION") && !type.equals("FAILOVER_CONNECTION")) {
            return "Connector/J itself spreads its connections (" + type.replace("_CONNECTION", "")
                    + "); with a plain list of hosts the agent does it";
        }
        Properties settings = settings();
        return settings.getProperty("socketFactory") != null
                        || settings.getProperty("path") != null
                        || "pipe".equalsIgnoreCase(settings.getProperty("protocol"))
                ? "its socketFactory decides where to go: a unix socket, a named pipe"
                : null;
    }

    /** Null when one of them can't be dialled. */
    List<HostPort> hosts() {
        List<HostPort> hosts = new ArrayList<>();
        try {
            for (Object host : (List<?>) ask(url, "getHostsList")) {
                hosts.add(HostPort.of(unbracketed((String) ask(host, "getHost")), (Integer) ask(host, "getPort")));
            }
            return hosts.isEmpty() ? null : hosts;
        } catch (IllegalArgumentException noSuchAddress) {
            return null;
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    String database() {
        return (String) ask(url, "getDatabase");
    }

    /** Null when there is none. */
    String user() {
        return textOrNull(ask(first(), "getUser"));
    }

    /** Null when there is none. */
    String password() {
        return textOrNull(ask(first(), "getPassword"));
    }

    private static String textOrNull(Object text) {
        return text == null || ((String) text).isEmpty() ? null : (String) text;
    }

    /** All settings of the first host, those in its own {@code address=(…)} among them, but for the login. */
    Properties settings() {
        Properties settings = new Properties();
        for (Map.Entry<?, ?> setting : ((Map<?, ?>) ask(first(), "getHostProperties")).entrySet()) {
            if (setting.getValue() != null) {
                settings.setProperty((String) setting.getKey(), (String) setting.getValue());
            }
        }
        return settings;
    }

    private Object first() {
        return ((List<?>) ask(url, "getHostsList")).get(0);
    }

    private static Object ask(Object object, String getter) {
        try {
            return object.getClass().getMethod(getter).invoke(object);
        } catch (ReflectiveOperationException otherVersion) {
            throw new IllegalStateException("Connector/J has changed: " + otherVersion, otherVersion);
        }
    }
}
