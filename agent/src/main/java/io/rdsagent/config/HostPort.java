package io.rdsagent.config;

import java.util.Locale;

/** A host and a port as a URL says them. */
public final class HostPort {
    /** The port of an address that names none. */
    public static final int NO_PORT = -1;

    private final String host;
    private final int port;

    private HostPort(String host, int port) {
        this.host = host;
        this.port = port;
    }

    /**
     * An address of its two parts.
     *
     * @param host a name, an IPv4 address, or an IPv6 address with or without brackets
     * @param port 1 to 65535, or {@link #NO_PORT}
     * @throws IllegalArgumentException if either is not one
     */
    public static HostPort of(String host, int port) {
        if (port != NO_PORT && (port < 1 || port > 65535)) {
            throw new IllegalArgumentException("not a port: " + port);
        }
        return new HostPort(Hosts.checked(Hosts.withoutBrackets(host), false), port);
    }

    /**
     * Reads {@code h:1}, {@code h}, {@code [::1]:5}, {@code [::1]} or {@code ::1}.
     *
     * @param defaultPort the port if the text names none: 1 to 65535, or {@link #NO_PORT}
     * @throws IllegalArgumentException if the text is none of these
     */
    public static HostPort parse(String text, int defaultPort) {
        String trimmed = text.trim();
        int colon = Hosts.portColon(trimmed);
        if (colon < 0) {
            return of(trimmed, defaultPort);
        }
        return of(trimmed.substring(0, colon), Numbers.whole(trimmed.substring(colon + 1), 1, 65535));
    }

    /** Lower case, without brackets. */
    public String host() {
        return host;
    }

    /** 1 to 65535, or {@link #NO_PORT}. */
    public int port() {
        return port;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HostPort && ((HostPort) other).port == port && ((HostPort) other).host.equals(host);
    }

    @Override
    public int hashCode() {
        return 31 * host.hashCode() + port;
    }

    /** What {@link #parse} reads back: an IPv6 address in brackets, the port only if there is one. */
    @Override
    public String toString() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == NO_PORT ? name : name + ":" + port;
    }

    static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
