package io.rdsagent.token;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The tokens in use, one for each request. A cached one costs a map look-up and a reading of the clock; a new one is
 * signed once for all the threads that ask; one in use is replaced ahead of need, so that nobody waits for it.
 */
public final class TokenSource {

    static final Duration UNUSED = Duration.ofHours(1);
    static final int MOST_ENTRIES = 256;

    private final Signer signer;
    private final Clock clock;
    private final Executor refresher;
    private final Duration patience;
    private final ConcurrentMap<TokenRequest, CachedToken> cache = new ConcurrentHashMap<>();

    /** @param refresher runs the signing ahead of need; its threads should be daemons */
    public TokenSource(Signer signer, Clock clock, Executor refresher) {
        this(signer, clock, refresher, Duration.ofSeconds(1));
    }

    /** @param patience how long a thread that has an old but valid token waits for a new one */
    TokenSource(Signer signer, Clock clock, Executor refresher, Duration patience) {
        this.signer = signer;
        this.clock = clock;
        this.refresher = refresher;
        this.patience = patience;
    }

    /**
     * A token that is at most 5 minutes old, or, only while the signer fails, an older one that is valid for another 30 s.
     *
     * @throws TokenException if there is none and the signer fails; that is not remembered: the next ask tries again
     */
    public Token token(TokenRequest request) throws TokenException {
        return entry(request).token(null);
    }

    /**
     * The same, for a thread that must not wait longer: what has to be signed is signed on a thread of the refresher's.
     *
     * @throws TokenException also if it takes longer; the signing goes on, for who asks next
     */
    public Token token(TokenRequest request, Duration limit) throws TokenException {
        return entry(request).token(Objects.requireNonNull(limit, "limit"));
    }

    /**
     * Whose the credentials are, as AWS says.
     *
     * @param limit how long the asking thread may wait
     * @return unknown also if it takes longer
     */
    public Caller caller(TokenRequest request, Duration limit) {
        CompletableFuture<Caller> answer = new CompletableFuture<>();
        try {
            refresher.execute(() -> answer.complete(signer.caller(request)));
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Caller.unknown("the thread was interrupted");
        } catch (TimeoutException | ExecutionException | RejectedExecutionException none) {
            return Caller.unknown("STS did not answer in time");
        }
    }

    private CachedToken entry(TokenRequest request) {
        CachedToken cached = cache.get(request);
        return cached != null ? cached : enter(request);
    }

    /** The server refused it: it is never handed out again, and the next ask signs anew. */
    public void reject(Token token) {
        CachedToken cached = cache.get(token.request());
        // Of the many who were refused the same token, one has the signer look for other credentials.
        if (cached != null && cached.reject(token)) {
            signer.refused(token.request().identity());
        }
    }

    /** What tokens that were asked for lately can't be had now, and why. Does not wait, and has the signer try again. */
    public Map<TokenRequest, TokenException> troubles() {
        sweep();
        Map<TokenRequest, TokenException> troubles = new LinkedHashMap<>();
        cache.forEach((request, entry) -> {
            TokenException trouble = entry.trouble();
            if (trouble != null) {
                troubles.put(request, trouble);
            }
        });
        return troubles;
    }

    /** Forgets the entries that nobody asked for in the last hour. Also happens by itself. */
    public void sweep() {
        long now = clock.millis();
        cache.values().removeIf(entry -> entry.unusedFor(now) > UNUSED.toMillis());
    }

    int size() {
        return cache.size();
    }

    private CachedToken enter(TokenRequest request) {
        sweep();
        while (cache.size() >= MOST_ENTRIES) {
            dropLongestUnused();
        }
        return cache.computeIfAbsent(request, r -> new CachedToken(r, signer, clock, this::refresh, patience));
    }

    private void refresh(Runnable signing) {
        sweep();
        refresher.execute(signing);
    }

    private void dropLongestUnused() {
        long now = clock.millis();
        CachedToken longest = null;
        for (CachedToken entry : cache.values()) {
            longest = longest == null || entry.unusedFor(now) > longest.unusedFor(now) ? entry : longest;
        }
        cache.values().remove(longest);
    }
}
