package io.rdsagent.token;

/** Makes a token now. Implementations may block on the network, within limits, and are called from several threads. */
public interface Signer {

    /**
     * Signs anew each time.
     *
     * @throws TokenException if there are no credentials or they cannot be used
     */
    Token sign(TokenRequest request) throws TokenException;

    /**
     * The server has refused what was signed for this identity: its credentials may have been replaced, and the next
     * signature should be made with what is current at their source. Does not block.
     */
    default void refused(Identity identity) {}

    /** Asks AWS whose the credentials are that sign for this request; blocks on the network, within limits. */
    default Caller caller(TokenRequest request) {
        return Caller.unknown("nobody was asked");
    }
}
