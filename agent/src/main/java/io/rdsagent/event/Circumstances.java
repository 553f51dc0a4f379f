package io.rdsagent.event;

import java.time.Duration;

/** What was seen of one login's way; each is null where it did not come so far. */
public final class Circumstances {

    public static final Circumstances UNSEEN = new Circumstances(null, null, null, null, null, null, null);

    /** This end of the very socket, address and port. */
    public final String from;
    /** The other end. */
    public final String to;
    /** Version and cipher, or at which step TLS ended. */
    public final String tls;
    /** The name in the server's certificate. */
    public final String certificate;
    /** When it was sent. */
    public final Duration tokenAge;
    /** Whose credentials signed it, never a key. */
    public final String identity;

    public final String region;

    public Circumstances(
            String from, String to, String tls, String certificate, Duration tokenAge, String identity, String region) {
        this.from = from;
        this.to = to;
        this.tls = tls;
        this.certificate = certificate;
        this.tokenAge = tokenAge;
        this.identity = identity;
        this.region = region;
    }
}
