package io.rdsagent.weave;

/**
 * Carries what a woven method throws in place of its own: to a driver, a connection refused, a handshake failed; to a pool,
 * a connection that is not to be handed out.
 */
public final class ForTheDriver extends Exception {

    private static final long serialVersionUID = 1;

    public ForTheDriver(Exception failure) {
        super(failure);
    }
}
