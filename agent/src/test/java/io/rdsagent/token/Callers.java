package io.rdsagent.token;

import java.time.Duration;

/** What AWS may say of credentials. */
public final class Callers {

    public static final Caller VALID =
            new Caller(Caller.Verdict.VALID, "arn:aws:sts::123456789012:assumed-role/shop/x", null, Duration.ZERO);

    public static Caller not(Caller.Verdict verdict, String why) {
        return new Caller(verdict, null, why, Duration.ZERO);
    }

    public static Caller validWithTheClockAhead(Duration time) {
        return new Caller(Caller.Verdict.VALID, VALID.arn(), null, time);
    }

    private Callers() {}
}
