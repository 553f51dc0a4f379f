package io.rdsagent.config;

import java.util.List;

/** The hosts that one database answers to. */
public final class HostPatterns {
    private final HostPattern[] patterns;

    private HostPatterns(HostPattern[] patterns) {
        this.patterns = patterns;
    }

    /**
     * Reads a comma-separated list of globs with optional ports.
     *
     * @throws IllegalArgumentException if the text is not one
     */
    public static HostPatterns parse(String text) {
        List<String> items = Lists.items(text);
        HostPattern[] patterns = new HostPattern[items.size()];
        for (int i = 0; i < patterns.length; i++) {
            patterns[i] = HostPattern.parse(items.get(i));
        }
        return new HostPatterns(patterns);
    }

    static HostPatterns exactly(List<HostPort> addresses) {
        HostPattern[] patterns = new HostPattern[addresses.size()];
        for (int i = 0; i < patterns.length; i++) {
            patterns[i] = HostPattern.exactly(addresses.get(i));
        }
        return new HostPatterns(patterns);
    }

    /** Without allocation. The host is without brackets, in any case; a port of -1 matches only patterns for all ports. */
    public boolean matches(String host, int port) {
        return fit(host, port) >= 0;
    }

    /** How exactly the best pattern names the host, 0 to 3, or -1 if none matches. */
    int fit(String host, int port) {
        int best = -1;
        for (int i = 0; i < patterns.length; i++) {
            best = Math.max(best, patterns[i].fit(host, port));
        }
        return best;
    }

    /** A pattern of ours that matches some host just as exactly as one of theirs, or null. */
    HostPattern clashWith(HostPatterns other) {
        for (HostPattern ours : patterns) {
            for (HostPattern theirs : other.patterns) {
                if (ours.clashesWith(theirs)) {
                    return ours;
                }
            }
        }
        return null;
    }

    /** What {@link #parse} reads back. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (HostPattern pattern : patterns) {
            text.append(text.length() == 0 ? "" : ",").append(pattern);
        }
        return text.toString();
    }
}
