package io.rdsagent.event;

/** Why a connection is retired. */
public enum Reason {
    AGE("age"),
    IDLE("idle"),
    ENDPOINT_DEAD("endpoint dead"),
    HUNG_UP("closed by the other side"),
    ROLE_LOST("role lost"),
    DRAINED("drained"),
    REBALANCED("rebalanced"),
    ORDERED("ordered");

    private final String words;

    /** Whether the connection is of no use to anybody any more. */
    public boolean isLoss() {
        return this == ENDPOINT_DEAD || this == HUNG_UP;
    }

    Reason(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
