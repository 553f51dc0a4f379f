package io.rdsagent.endpoint;

/** The instances of a database were not told. */
public final class TopologyException extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean lasting;

    private TopologyException(String message, boolean lasting, Throwable cause) {
        super(message, cause);
        this.lasting = lasting;
    }

    /** It did not answer; the next one may. */
    public static TopologyException unanswered(Throwable cause) {
        return new TopologyException(String.valueOf(cause.getMessage()), false, cause);
    }

    /** @param why and what a person can do, in sentences: asked again, it would say the same */
    public static TopologyException refused(String why, Throwable cause) {
        return new TopologyException(why, true, cause);
    }

    boolean isLasting() {
        return lasting;
    }
}
