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
    String balancedBy() {
        String type = type();
        return type.equals("SINGLE_CONNECTION") || type.equals("FAILOVER_CONNECTION")
                ? null
                : "Connector/J (" + type.replace("_CONNECTION", "") + ")";
    }

    /** Whether its hosts are to be had from the DNS, which is then asked each time that a host is chosen. */
    boolean isFromDns() {
        return type().contains("DNS_SRV");
    }

    private String type() {
        return String.valueOf(ask(url, "getType"));
    }

    /** @param settings of a host; whether they leave it to something else where to go */
    static boolean goesElsewhere(Map<?, ?> settings) {
        return settings.get("socketFactory") != null
                || settings.get("path") != null
                || "pipe".equalsIgnoreCase((String) settings.get("protocol"));
    }

    static boolean hasOwnTrust(Map<?, ?> settings) {
        return settings.get("trustCertificateKeyStoreUrl") != null
                || settings.get("clientCertificateKeyStoreUrl") != null;
    }

    /** Null when one of them can't be dialled. */
    List<HostPort> hosts() {
        List<HostPort> hosts = new ArrayList<>();
        for (Object host : (List<?>) ask(url, "getHostsList")) {
            hosts.add(address(host));
        }
        return hosts.isEmpty() || hosts.contains(null) ? null : hosts;
    }

    /** @return null when it can't be dialled */
    static HostPort address(Object hostInfo) {
        try {
            return HostPort.of((String) ask(hostInfo, "getHost"), (Integer) ask(hostInfo, "getPort"));
        } catch (IllegalArgumentException noSuchAddress) {
            return null;
        }
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
