package io.rdsagent.localrds;

import java.time.Duration;

/**
 * The verifier's answer to one token.
 *
 * @param verdict let in, or why not
 * @param tokenAge time since the token was signed, negative if that is in the future; null if it cannot be read
 * @param detail one sentence without any material of the token
 */
public record Verification(Verdict verdict, Duration tokenAge, String detail) {

    /** Whether the login is let in. */
    public boolean accepted() {
        return verdict == Verdict.ACCEPTED;
    }
}
