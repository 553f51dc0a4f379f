package io.rdsagent.driver;

import io.rdsagent.config.TlsMode;

/** What the application itself asks of TLS, in the driver's words and in the agent's. */
public final class AskedTls {

    private final String words;
    private final TlsMode mode;

    /**
     * @param words the setting as a person wrote it: sslmode=prefer
     * @param mode null for less than {@link TlsMode#REQUIRE}: it would go on in plain text
     */
    AskedTls(String words, TlsMode mode) {
        this.words = words;
        this.mode = mode;
    }

    public boolean isWeakerThan(TlsMode configured) {
        return mode == null || mode.compareTo(configured) > 0;
    }

    /** That of the two which verifies more. */
    public TlsMode orStricter(TlsMode configured) {
        return isWeakerThan(configured) ? configured : mode;
    }

    @Override
    public String toString() {
        return words;
    }
}
