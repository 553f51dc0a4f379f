package io.rdsagent.config;

/** How much is verified before a token leaves, strictest first. */
public enum TlsMode {
    /** Chain and name. */
    VERIFY_FULL,
    /** Chain only. */
    VERIFY_CA,
    /** Encrypted, to whoever answers. */
    REQUIRE
}
