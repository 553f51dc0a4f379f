package io.rdsagent.config;

import java.time.Duration;
import java.util.Objects;

/** How long a physical connection may live. */
public final class Lifetime {
    /** As long as the token it logged in with: 15 minutes. */
    public static final Lifetime TOKEN = new Lifetime(Kind.TOKEN, Duration.ofMinutes(15));

    public static final Lifetime OFF = new Lifetime(Kind.OFF, null);

    private final Kind kind;
    private final Duration duration;

    private Lifetime(Kind kind, Duration duration) {
        this.kind = kind;
        this.duration = duration;
    }

    /**
     * As long as the person says.
     *
     * @param duration more than zero
     */
    public static Lifetime fixed(Duration duration) {
        return new Lifetime(Kind.FIXED, Objects.requireNonNull(duration));
    }

    /**
     * Reads {@code token}, {@code off} or a duration.
     *
     * @throws IllegalArgumentException unless the text is {@code token}, {@code off} or a duration of more than zero
     */
    static Lifetime parse(String text) {
        if (text.equalsIgnoreCase("token")) {
            return TOKEN;
        }
        if (text.equalsIgnoreCase("off")) {
            return OFF;
        }
        Duration duration = Durations.parse(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException("no time at all");
        }
        return fixed(duration);
    }

    public Kind kind() {
        return kind;
    }

    /** 15 minutes for {@link Kind#TOKEN}, null for {@link Kind#OFF}. */
    public Duration duration() {
        return duration;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lifetime
                && ((Lifetime) other).kind == kind
                && Objects.equals(((Lifetime) other).duration, duration);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, duration);
    }

    @Override
    public String toString() {
        return kind == Kind.FIXED ? Durations.format(duration) : HostPort.lowerCase(kind.name());
    }

    /** What bounds the life. */
    public enum Kind {
        TOKEN,
        FIXED,
        OFF
    }
}
