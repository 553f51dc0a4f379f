package io.rdsagent.config;

/** How hosts are written. */
final class Hosts {
    private static final int LONGEST = 255;

    private Hosts() {}

    /**
     * Where the colon before the port is, or -1 if the text names no port. A text with several colons and no brackets
     * is an IPv6 address alone.
     */
    static int portColon(String text) {
        if (text.startsWith("[")) {
            int bracket = text.indexOf(']');
            return bracket + 1 < text.length() && text.charAt(bracket + 1) == ':' ? bracket + 1 : -1;
        }
        int first = text.indexOf(':');
        return first == text.lastIndexOf(':') ? first : -1;
    }

    static String withoutBrackets(String host) {
        return host.length() > 2 && host.startsWith("[") && host.endsWith("]")
                ? host.substring(1, host.length() - 1)
                : host;
    }

    /** The host in lower case. */
    static String checked(String host, boolean wildcards) {
        if (host.isEmpty() || host.length() > LONGEST) {
            throw new IllegalArgumentException("not a host");
        }
        boolean address = host.indexOf(':') >= 0;
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean wildcard = c == '*' || c == '?';
            if (wildcard ? !wildcards : !belongs(c, address)) {
                throw new IllegalArgumentException("not a host");
            }
        }
        return HostPort.lowerCase(host);
    }

    private static boolean belongs(char c, boolean address) {
        boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        // '%' begins the zone of a link-local address: fe80::1%eth0
        return alphanumeric || c == '.' || c == '-' || c == '_' || (address && (c == ':' || c == '%'));
    }
}
