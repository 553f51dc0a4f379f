package io.rdsagent.localrds;

import java.util.Locale;

/** Which PostgreSQL serves. */
public enum Postgres {
    /** The installed one if there is one, or else the bundled one. */
    ANY,
    /** This machine's; it asks the verifier by LDAP. */
    INSTALLED,
    /** The one that Maven fetched; it has no LDAP, so a gate in this JVM speaks TLS and verifies. */
    BUNDLED;

    /** The system property {@code localrds.postgres}: {@code installed}, {@code bundled} or {@code any}. */
    static Postgres fromSystemProperty() {
        String word = System.getProperty("localrds.postgres", "any");
        try {
            return valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new LocalRdsException(
                    "The system property localrds.postgres must be installed, bundled or any, not: " + word, e);
        }
    }
}
