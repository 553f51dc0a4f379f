package io.rdsagent.event;

/** Why a connection is retired. */
public enum Reason {
    AGE("age"),
    IDLE("idle"),
    ENDPOINT_DEAD("endpoint dead"),
    /** While nobody used it. */
    HUNG_UP("closed by the other side"),
    ROLE_LOST("role lost"),
    DRAINED("drained"),
    REBALANCED("rebalanced"),
    ORDERED("ordered");

    private final String words;

    Reason(String words) {
        this.words = words;
    }

    /** Whether the connection is of no use to anybody any more. */
    public boolean isLoss() {
        return this == ENDPOINT_DEAD || this == HUNG_UP;
    }

    @Override
    public String toString() {
        return words;
    }
}
