package io.rdsagent.token;

/**
 * No token could be made. The SDK's exception is deliberately not the cause: a refused STS call answers with the canonical
 * request in its message, and that holds the session token.
 */
public final class TokenException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String remedy;

    /**
     * @param what one sentence: what failed
     * @param remedy one sentence: what the person can do
     */
    public TokenException(String what, String remedy) {
        super(what + " " + remedy);
        this.what = what;
        this.remedy = remedy;
    }

    /** A bug, ours or the SDK's: its kind and place are said, its message might hold a secret. */
    static TokenException unexpected(Throwable bug) {
        StackTraceElement[] stack = bug.getStackTrace();
        String place = stack.length == 0 ? "" : " at " + stack[0];
        return new TokenException(
                "Signing failed unexpectedly: " + bug.getClass().getName() + place + ".", "Please report this.");
    }

    public String what() {
        return what;
    }

    public String remedy() {
        return remedy;
    }

    /** The same failure for another thread, with that thread's stack. */
    TokenException again() {
        TokenException copy = new TokenException(what, remedy);
        copy.addSuppressed(this);
        return copy;
    }
}
