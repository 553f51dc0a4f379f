package io.rdsagent.token;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;

/** The current token of one request, and the one signing of it that may be under way. */
final class CachedToken {

    private static final long REFRESH_AGE = Duration.ofMinutes(2).toMillis();
    private static final long REFRESH_BEFORE_EXPIRY = Duration.ofMinutes(5).toMillis();
    private static final long MOST_AGE = Duration.ofMinutes(5).toMillis();
    private static final long LEAST_LEFT = Duration.ofSeconds(30).toMillis();
    /** Between two attempts ahead of need: credentials that expire soon would otherwise have every ask sign again. */
    private static final long BETWEEN_REFRESHES = Duration.ofSeconds(10).toMillis();
    /** The signer limits itself; this only keeps a promise if it does not. */
    private static final Duration LONGEST_SIGNING = Duration.ofSeconds(60);
    /** So that the common ask writes nothing that another core reads. */
    private static final long USE_RESOLUTION = Duration.ofMinutes(1).toMillis();

    private final TokenRequest request;
    private final Signer signer;
    private final Clock clock;
    private final Executor refresher;
    private final Duration patience;
    private final AtomicReference<Token> current = new AtomicReference<>();
    private final AtomicReference<Signing> underWay = new AtomicReference<>();
    private volatile long lastUsed;
    private volatile long lastAttempt = Long.MIN_VALUE / 2;
    private volatile boolean lastAttemptFailed;

    CachedToken(TokenRequest request, Signer signer, Clock clock, Executor refresher, Duration patience) {
        this.request = request;
        this.signer = signer;
        this.clock = clock;
        this.refresher = refresher;
        this.patience = patience;
        this.lastUsed = clock.millis();
    }

    Token token() throws TokenException {
        long now = clock.millis();
        used(now);
        Token token = current.get();
        if (token == null || token.millisLeft(now) < LEAST_LEFT) {
            return signNow(token);
        }
        // A clock that was set back makes a token look newer than it is, or not yet valid.
        if (Math.abs(token.ageMillis(now)) > MOST_AGE) {
            return newerThan(token, now);
        }
        if (isDue(token, now)) {
            signAhead(now);
        }
        return token;
    }

    void reject(Token token) {
        current.compareAndSet(token, null);
    }

    long unusedFor(long now) {
        return now - lastUsed;
    }

    /** Signs on the asking thread, or waits for the thread that already does. */
    private Token signNow(Token useless) throws TokenException {
        while (true) {
            Signing mine = new Signing();
            if (underWay.compareAndSet(null, mine)) {
                return signUnlessJustDone(mine, useless);
            }
            Signing others = underWay.get();
            Token token = others == null ? null : others.awaitUnlessAbandoned(LONGEST_SIGNING);
            if (token != null) {
                return token;
            }
        }
    }

    /** Between this thread's look at the cache and its turn, another may have signed and finished. */
    private Token signUnlessJustDone(Signing mine, Token useless) throws TokenException {
        Token token = current.get();
        if (token == null || token == useless) {
            run(mine);
        } else {
            underWay.set(null);
            mine.succeed(token);
        }
        return mine.outcome();
    }

    /** The old token is still good: waiting for a new one must not take long, nor may its failure reach the caller. */
    private Token newerThan(Token old, long now) throws TokenException {
        boolean failedJustNow = lastAttemptFailed && Math.abs(now - lastAttempt) < BETWEEN_REFRESHES;
        Signing signing = failedJustNow ? null : signAhead(now);
        if (signing != null) {
            signing.settle(patience);
        }
        Token token = current.get();
        return token == null ? signNow(old) : token;
    }

    private boolean isDue(Token token, long now) {
        boolean ageing = token.ageMillis(now) > REFRESH_AGE || token.millisLeft(now) < REFRESH_BEFORE_EXPIRY;
        return ageing && now - lastAttempt >= BETWEEN_REFRESHES;
    }

    /** Null if the refresher takes no work any more. */
    private Signing signAhead(long now) {
        Signing mine = new Signing();
        if (!underWay.compareAndSet(null, mine)) {
            return underWay.get();
        }
        lastAttempt = now;
        try {
            refresher.execute(() -> run(mine));
            return mine;
        } catch (RejectedExecutionException e) {
            failed(
                    mine,
                    new TokenException("The refresher takes no more work.", "The JVM or the agent is shutting down."));
            return null;
        }
    }

    private void run(Signing signing) {
        try {
            lastAttempt = clock.millis();
            Token token = Objects.requireNonNull(signer.sign(request), "the signer's token");
            current.set(token);
            lastAttemptFailed = false;
            underWay.set(null);
            signing.succeed(token);
        } catch (TokenException e) {
            failed(signing, e);
        } catch (RuntimeException | Error e) {
            failed(signing, TokenException.unexpected(e));
        }
    }

    private void failed(Signing signing, TokenException e) {
        lastAttemptFailed = true;
        underWay.set(null);
        signing.fail(e, Thread.currentThread().isInterrupted());
    }

    private void used(long now) {
        if (now - lastUsed > USE_RESOLUTION) {
            lastUsed = now;
        }
    }
}
