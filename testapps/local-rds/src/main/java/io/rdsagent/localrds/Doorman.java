package io.rdsagent.localrds;

import java.time.Clock;
import java.util.Optional;

/** Judges the password of a login at one node, and writes it down. */
final class Doorman {

    private final TokenVerifier verifier;
    private final ClusterNames names;
    private final LoginLog log;
    private final Clock clock;

    Doorman(TokenVerifier verifier, ClusterNames names, LoginLog log, Clock clock) {
        this.verifier = verifier;
        this.names = names;
        this.log = log;
        this.clock = clock;
    }

    /** Whether this password lets this user in at the node of this name. */
    boolean admits(String node, String user, String password, Optional<String> clientAddress) {
        Verification verification = verifier.verify(password, user, names.answeredBy(node));
        note(node, user, clientAddress, verification);
        return verification.accepted();
    }

    void note(String node, String user, Optional<String> clientAddress, Verification verification) {
        log.add(new Login(
                clock.instant(),
                node,
                user,
                clientAddress,
                verification.tokenAge(),
                verification.verdict(),
                verification.detail()));
    }
}
