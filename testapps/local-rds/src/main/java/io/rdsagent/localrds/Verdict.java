package io.rdsagent.localrds;

/** What became of one login: let in, or the first thing that was found wrong with its token. */
public enum Verdict {
    /** The signature is right, for this node and user, and the token is young enough. */
    ACCEPTED,
    /** No password was sent. */
    NO_CREDENTIALS,
    /** The password has not the shape of a token. */
    NOT_A_TOKEN,
    /** The connection is not encrypted. Only the gate of the bundled server sees this one; an installed server refuses by itself. */
    NO_TLS,
    /** The token is for another action than {@code connect}. */
    WRONG_ACTION,
    /** The token is for another database user. */
    WRONG_USER,
    /** The token is for a host that is neither this node nor its cluster. */
    WRONG_HOST,
    /** The token is for another port. */
    WRONG_PORT,
    /** The token is for another service than {@code rds-db}. */
    WRONG_SERVICE,
    /** The token is for another region. */
    WRONG_REGION,
    /** Nobody here has this access key. */
    UNKNOWN_KEY,
    /** The session token is missing, superfluous, or another one. */
    WRONG_SESSION_TOKEN,
    /** The token asks to be valid for longer than 15 minutes. */
    LIVES_TOO_LONG,
    /** Another secret, or a text that was changed after signing. */
    BAD_SIGNATURE,
    /** The token was signed more than five minutes in the future. */
    NOT_YET_VALID,
    /** The token's time is over. */
    EXPIRED
}
