package io.rdsagent.weave;

import java.io.IOException;

/** Carries what a woven method of a driver throws in place of its own: a connection refused, a handshake failed. */
public final class ForTheDriver extends Exception {

    private static final long serialVersionUID = 1;

    public ForTheDriver(IOException failure) {
        super(failure);
    }
}
