package io.rdsagent.token;

import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.Set;
import java.util.WeakHashMap;
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
    /** One can be handed out, and come back refused, before all who wait for its signing have woken. */
    private final Set<Token> rejected = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private volatile long lastUsed;
    private volatile long lastAttempt = Long.MIN_VALUE / 2;
    private volatile boolean lastAttemptFailed;
    private volatile TokenException trouble;

    CachedToken(TokenRequest request, Signer signer, Clock clock, Executor refresher, Duration patience) {
        this.request = request;
        this.signer = signer;
        this.clock = clock;
        this.refresher = refresher;
        this.patience = patience;
        this.lastUsed = clock.millis();
    }

    /** @param limit how long the asking thread may wait; null: it signs itself, and takes what time that takes */
    Token token(Duration limit) throws TokenException {
        long now = clock.millis();
        used(now);
        Token token = current.get();
        if (token == null || token.millisLeft(now) < LEAST_LEFT) {
            return signNow(token, limit);
        }
        // A clock that was set back makes a token look newer than it is, or not yet valid.
        if (Math.abs(token.ageMillis(now)) > MOST_AGE) {
            return newerThan(token, now, limit);
        }
        if (isDue(token, now)) {
            signAhead(now);
        }
        return token;
    }

    /** Whether it was the current one. */
    boolean reject(Token token) {
        rejected.add(token);
        return current.compareAndSet(token, null);
    }

    long unusedFor(long now) {
        return now - lastUsed;
    }

    /**
     * Why none can be had now; null if one can, as far as is known. Has one signed ahead where it is time to, so that who
     * asks now and then learns of the credentials' end before a login does, and of their return.
     */
    TokenException trouble() {
        long now = clock.millis();
        Token token = current.get();
        if (token == null || isDue(token, now)) {
            if (Math.abs(now - lastAttempt) >= BETWEEN_REFRESHES) {
                signAhead(now);
            }
        }
        return token == null || token.millisLeft(now) < LEAST_LEFT ? trouble : null;
    }

    /** Has it signed, or waits for the signing that is under way. */
    private Token signNow(Token useless, Duration limit) throws TokenException {
        Duration longest = limit == null ? LONGEST_SIGNING : limit;
        while (true) {
            Signing mine = new Signing();
            boolean first = underWay.compareAndSet(null, mine);
            if (first) {
                begin(mine, useless, limit != null);
            }
            Signing signing = first ? mine : underWay.get();
            if (first && limit == null) {
                return mine.outcome();
            }
            Token token = signing == null ? null : signing.awaitUnlessAbandoned(longest);
            if (token != null && !rejected.contains(token)) {
                return token;
            }
        }
    }

    /** Between this thread's look at the cache and its turn, another may have signed and finished. */
    private void begin(Signing mine, Token useless, boolean elsewhere) {
        Token token = current.get();
        if (token != null && token != useless) {
            underWay.set(null);
            mine.succeed(token);
        } else if (!elsewhere || !handedOver(mine)) {
            run(mine);
        }
    }

    /** The old token is still good: waiting for a new one must not take long, nor may its failure reach the caller. */
    private Token newerThan(Token old, long now, Duration limit) throws TokenException {
        boolean failedJustNow = lastAttemptFailed && Math.abs(now - lastAttempt) < BETWEEN_REFRESHES;
        Signing signing = failedJustNow ? null : signAhead(now);
        if (signing != null) {
            signing.settle(patience(now, limit));
        }
        Token token = current.get();
        return token == null ? signNow(old, limit) : token;
    }

    /** A signing that hangs is waited for once, not anew by each that asks. */
    private Duration patience(long now, Duration limit) {
        long left = patience.toMillis() - Math.max(0, now - lastAttempt);
        return Duration.ofMillis(Math.max(0, limit == null ? left : Math.min(left, limit.toMillis())));
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
        if (handedOver(mine)) {
            return mine;
        }
        failed(mine, new TokenException("The refresher takes no more work.", "The JVM or the agent is shutting down."));
        return null;
    }

    /** False if the refresher takes no work any more. */
    private boolean handedOver(Signing signing) {
        try {
            refresher.execute(() -> run(signing));
            return true;
        } catch (RejectedExecutionException shutDown) {
            return false;
        }
    }

    private void run(Signing signing) {
        try {
            lastAttempt = clock.millis();
            Token token = Objects.requireNonNull(signer.sign(request), "the signer's token");
            current.set(token);
            lastAttemptFailed = false;
            trouble = null;
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
        trouble = e;
        underWay.set(null);
        signing.fail(e, Thread.currentThread().isInterrupted());
    }

    private void used(long now) {
        if (now - lastUsed > USE_RESOLUTION) {
            lastUsed = now;
        }
    }
}
