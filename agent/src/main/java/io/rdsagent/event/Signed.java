package io.rdsagent.event;

import java.time.Duration;

/** A token was signed, or could not be. */
public final class Signed {

    public final boolean success;
    /** How long the AWS credentials took to come; most often they are at hand. */
    public final Duration credentials;
    /** The rest, which is arithmetic; null where there were no credentials. */
    public final Duration signing;

    public Signed(boolean success, Duration credentials, Duration signing) {
        this.success = success;
        this.credentials = credentials;
        this.signing = signing;
    }
}
