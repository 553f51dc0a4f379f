package io.rdsagent.event;

/** Why a connection is retired. */
public enum Reason {
    AGE("age"),
    IDLE("idle"),
    ENDPOINT_DEAD("endpoint dead"),
    /** The other end has closed it while it lay idle. */
    HUNG_UP("hung up"),
    ROLE_LOST("role lost"),
    DRAINED("drained"),
    REBALANCED("rebalanced"),
    ORDERED("ordered");

    private final String words;

    Reason(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
