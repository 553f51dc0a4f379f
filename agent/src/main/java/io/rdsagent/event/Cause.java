package io.rdsagent.event;

import java.util.Locale;

/** Why a login failed, as far as could be worked out; the words are a contract with who reads the log by program. */
public enum Cause {
    NAME_UNKNOWN,
    NO_ANSWER,
    NO_ROUTE,
    REFUSED_CONNECTION,
    HUNG_UP,
    PLAIN_TEXT,
    TLS,
    NO_TOKEN,
    /** The server asks this user for a password of another kind than a token. */
    USER_NOT_IAM,
    WRONG_REGION,
    SIGNED_FOR_ANOTHER_NAME,
    CREDENTIALS_EXPIRED,
    CREDENTIALS_INVALID,
    /** The token is too old or too young by AWS's clock, or was when it arrived. */
    CLOCK_WRONG,
    TOKEN_TOO_OLD,
    THROTTLED,
    /** All else was looked at and is right. */
    POLICY_MISSING,
    /** A token was refused, and what could tell why could not be asked. */
    TOKEN_REFUSED,
    OWN_LOGIN_REFUSED,
    /** It is a reader, and a writer is wanted. */
    OTHER_ROLE,
    OTHER;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
