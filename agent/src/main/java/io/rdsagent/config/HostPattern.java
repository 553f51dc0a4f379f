package io.rdsagent.config;

/** One glob of hosts, with a port or for all of them. */
final class HostPattern {
    private final String host;
    private final int port;
    private final boolean literal;

    private HostPattern(String host, int port) {
        this.host = host;
        this.port = port;
        this.literal = host.indexOf('*') < 0 && host.indexOf('?') < 0;
    }

    /**
     * Reads {@code glob}, {@code glob:port} or {@code glob:*}.
     *
     * @throws IllegalArgumentException if the text is none of these
     */
    static HostPattern parse(String text) {
        int colon = Hosts.portColon(text);
        String host = colon < 0 ? text : text.substring(0, colon);
        String port = colon < 0 ? "*" : text.substring(colon + 1);
        return new HostPattern(
                Hosts.checked(Hosts.withoutBrackets(host), true),
                port.equals("*") ? HostPort.NO_PORT : Numbers.whole(port, 1, 65535));
    }

    static HostPattern exactly(HostPort address) {
        return new HostPattern(address.host(), address.port());
    }

    /** How exactly this pattern names the host, 0 to 3, or -1 if it does not match. */
    int fit(String candidate, int candidatePort) {
        boolean matches = (port == HostPort.NO_PORT || port == candidatePort) && Glob.matches(host, candidate);
        return matches ? exactness() : -1;
    }

    /** Whether some host matches both and neither names it more exactly. */
    boolean clashesWith(HostPattern other) {
        return exactness() == other.exactness()
                && (port == other.port || port == HostPort.NO_PORT || other.port == HostPort.NO_PORT)
                && Glob.overlap(host, other.host);
    }

    private int exactness() {
        return (literal ? 2 : 0) + (port == HostPort.NO_PORT ? 0 : 1);
    }

    @Override
    public String toString() {
        String name = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return port == HostPort.NO_PORT ? name : name + ":" + port;
    }
}
