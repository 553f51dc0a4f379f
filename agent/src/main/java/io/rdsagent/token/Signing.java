package io.rdsagent.token;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One signing under way, and the threads that wait for its outcome. */
final class Signing {

    private final CountDownLatch done = new CountDownLatch(1);
    private volatile Token token;
    private volatile TokenException failure;
    private volatile boolean abandoned;

    void succeed(Token signed) {
        token = signed;
        done.countDown();
    }

    /** @param signersAlone the reason (an interrupt) is the signing thread's alone: who waits should try for itself */
    void fail(TokenException why, boolean signersAlone) {
        failure = why;
        abandoned = signersAlone;
        done.countDown();
    }

    /** For the thread that signed, when it is done; does not wait. */
    Token outcome() throws TokenException {
        if (failure != null) {
            throw failure;
        }
        return token;
    }

    /** Waits, but does not ask for the outcome. */
    void settle(Duration limit) {
        try {
            finishedWithin(limit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Null if it was given up for a reason that is not the caller's.
     *
     * @throws TokenException the signer's, or that it did not finish within the limit, or that this thread is interrupted
     */
    Token awaitUnlessAbandoned(Duration limit) throws TokenException {
        try {
            if (!finishedWithin(limit)) {
                throw new TokenException(
                        "No token was signed within " + limit.toMillis() + " ms.",
                        "Check that the source of the AWS credentials (metadata service, STS, profile) answers.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TokenException(
                    "The thread was interrupted while it waited for a token.", "Find out who interrupts it.");
        }
        if (failure != null && !abandoned) {
            throw failure.again();
        }
        return token;
    }

    private boolean finishedWithin(Duration limit) throws InterruptedException {
        return done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    }
}
