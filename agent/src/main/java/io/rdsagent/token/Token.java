package io.rdsagent.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What is sent as the password of one login. Only {@link #text()} holds the secret. */
public final class Token {

    /** The server accepts no older one (X-Amz-Expires=900). */
    public static final Duration LIFETIME = Duration.ofMinutes(15);

    private final TokenRequest request;
    private final MaskedText text;
    private final String signedBy;
    private final Instant signedAt;
    private final Instant expiresAt;
    private final Duration hostAhead;
    private final long signedAtMillis;
    private final long expiresAtMillis;

    /**
     * @param text the secret
     * @param signedBy whose credentials signed, for logs: never a whole access key id
     * @param credentialsExpireAt null if they do not; a token dies with the credentials that signed it
     * @param hostAhead how far this host's clock is ahead of AWS's; null if AWS has not been heard
     */
    public Token(
            TokenRequest request,
            String text,
            String signedBy,
            Instant signedAt,
            Instant credentialsExpireAt,
            Duration hostAhead) {
        this.request = Objects.requireNonNull(request, "request");
        this.text = new MaskedText(Objects.requireNonNull(text, "text"));
        this.signedBy = Objects.requireNonNull(signedBy, "signedBy");
        this.signedAt = signedAt;
        this.expiresAt = earlier(signedAt.plus(LIFETIME), credentialsExpireAt);
        this.hostAhead = hostAhead;
        this.signedAtMillis = signedAt.toEpochMilli();
        this.expiresAtMillis = expiresAt.toEpochMilli();
    }

    /** The secret itself, made anew each time: for the login and for nothing else. */
    public String text() {
        return text.text();
    }

    public TokenRequest request() {
        return request;
    }

    /** Whose credentials signed: role or profile where known, and the ends of the access key id. Not secret. */
    public String signedBy() {
        return signedBy;
    }

    public Instant signedAt() {
        return signedAt;
    }

    /** 15 minutes after {@link #signedAt()}, or when the credentials expire if that is earlier. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** How far this host's clock was ahead of AWS's when AWS last answered; negative: behind; null: not known. */
    public Duration hostAhead() {
        return hostAhead;
    }

    /** Time since it was signed; negative if the clock was set back. */
    public Duration age(Clock clock) {
        return Duration.ofMillis(ageMillis(clock.millis()));
    }

    long ageMillis(long now) {
        return now - signedAtMillis;
    }

    long millisLeft(long now) {
        return expiresAtMillis - now;
    }

    @Override
    public String toString() {
        return "token for " + request + ", signed at " + signedAt + ", valid until " + expiresAt;
    }

    private static Instant earlier(Instant a, Instant orNull) {
        return orNull != null && orNull.isBefore(a) ? orNull : a;
    }
}
