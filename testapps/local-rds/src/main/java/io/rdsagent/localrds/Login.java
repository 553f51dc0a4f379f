package io.rdsagent.localrds;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One attempt to log in with a token. Holds nothing of the token itself.
 *
 * @param at when it was judged, by the verifier's clock
 * @param node the node's name, as in {@code orders-1}
 * @param user the database user
 * @param clientAddress host and port of the client's socket; empty for an installed PostgreSQL, whose LDAP bind does not tell it
 * @param tokenAge time since the token was signed; null if the password was no token
 * @param verdict let in, or why not
 * @param detail one sentence for a reader
 */
public record Login(
        Instant at,
        String node,
        String user,
        Optional<String> clientAddress,
        Duration tokenAge,
        Verdict verdict,
        String detail) {

    /** One line for a terminal. */
    @Override
    public String toString() {
        String age = tokenAge == null ? "-" : tokenAge.toSeconds() + " s";
        return at + "  " + node + "  " + user + clientAddress.map(a -> "@" + a).orElse("") + "  token age " + age + "  "
                + verdict + "  " + detail;
    }
}
