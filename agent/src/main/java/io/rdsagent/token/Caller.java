package io.rdsagent.token;

import java.time.Duration;

/** Whose the credentials are that sign, as AWS itself says (STS, GetCallerIdentity: everybody may ask that). */
public final class Caller {

    /** What came of the question. */
    public enum Verdict {
        VALID,
        /** They were temporary, and their time is over. */
        EXPIRED,
        /** AWS does not know them, or not with this secret. */
        INVALID,
        /** Their signature is of a time that is not now: this host's clock is wrong. */
        CLOCK_WRONG,
        /** There are none. */
        NONE,
        /** STS did not answer: nothing is known. */
        UNKNOWN
    }

    private final Verdict verdict;
    private final String arn;
    private final String why;
    private final Duration hostAhead;

    Caller(Verdict verdict, String arn, String why, Duration hostAhead) {
        this.verdict = verdict;
        this.arn = arn;
        this.why = why;
        this.hostAhead = hostAhead;
    }

    /** Nobody was asked. */
    public static Caller unknown(String why) {
        return new Caller(Verdict.UNKNOWN, null, why, null);
    }

    public Verdict verdict() {
        return verdict;
    }

    /** Null unless they are valid. Of a role: {@code arn:aws:sts::ACCOUNT:assumed-role/ROLE/SESSION}. */
    public String arn() {
        return arn;
    }

    /** The fifth part of the ARN; null unless they are valid. */
    public String account() {
        return arn == null ? null : arn.split(":", -1)[4];
    }

    /** A sentence on what is wrong; null when they are valid. */
    public String why() {
        return why;
    }

    /** How far this host's clock is ahead of AWS's, to about a second; null when AWS did not answer. */
    public Duration hostAhead() {
        return hostAhead;
    }
}
