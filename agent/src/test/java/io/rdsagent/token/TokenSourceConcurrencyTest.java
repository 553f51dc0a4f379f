package io.rdsagent.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TokenSourceConcurrencyTest {

    private static final int THREADS = 20;

    private final ExecutorService pool = Executors.newCachedThreadPool();
    private final Clock clock = Clock.systemUTC();
    private final CountDownLatch signing = new CountDownLatch(1);
    private final CountDownLatch mayFinish = new CountDownLatch(1);
    private final AtomicInteger signings = new AtomicInteger();
    private final List<Thread> asking = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void stop() throws InterruptedException {
        mayFinish.countDown();
        pool.shutdownNow();
        assertThat(pool.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aTokenIsSignedOnceForThreadsThatAskAtOnce() throws Exception {
        TokenSource source = source(this::signSlowly);

        List<Future<Token>> tokens = askFrom(THREADS, source, request("db-1"));
        allAreWaitingForTheFirst();
        mayFinish.countDown();

        Token first = tokens.get(0).get();
        for (Future<Token> token : tokens) {
            assertThat(token.get()).isSameAs(first);
        }
        assertThat(signings).hasValue(1);
    }

    @Test
    void aFailureReachesAllWhoWaitForItAndNobodyElse() throws Exception {
        TokenSource source = source(request -> {
            if (signings.incrementAndGet() > 1) {
                return token(request);
            }
            signing.countDown();
            mayFinish.await();
            throw new TokenException("The role cannot be assumed.", "Let it.");
        });

        List<Future<Token>> tokens = askFrom(THREADS, source, request("db-1"));
        allAreWaitingForTheFirst();
        mayFinish.countDown();

        for (Future<Token> token : tokens) {
            assertThat(failureOf(token)).hasMessage("The role cannot be assumed. Let it.");
        }
        assertThat(signings).hasValue(1);
        assertThat(source.token(request("db-1"))).isNotNull();
    }

    @Test
    void aSlowSigningForOneDatabaseDoesNotKeepAnotherWaiting() throws Exception {
        TokenSource source = source(request -> request.host().equals("slow") ? signSlowly(request) : token(request));
        Future<Token> slow = askFrom(1, source, request("slow")).get(0);
        signing.await();

        assertThat(source.token(request("fast"))).isNotNull();
        assertThat(slow).isNotDone();
    }

    @Test
    void anInterruptOfTheThreadThatSignsDoesNotFailTheOthers() throws Exception {
        TokenSource source = source(request -> {
            if (signings.incrementAndGet() > 1) {
                return token(request);
            }
            signing.countDown();
            mayFinish.await();
            return token(request);
        });
        Future<Token> interrupted = askFrom(1, source, request("db-1")).get(0);
        signing.await();
        Thread signer = asking.get(0);
        List<Future<Token>> others = askFrom(3, source, request("db-1"));
        allAreWaitingForTheFirst();

        signer.interrupt();

        assertThat(failureOf(interrupted)).isInstanceOf(TokenException.class);
        for (Future<Token> other : others) {
            assertThat(other.get()).isNotNull();
        }
    }

    @RepeatedTest(50)
    void aThousandAsksFromManyThreadsNeverSeeARejectedToken() throws Exception {
        TokenSource source = source(this::numbered);
        List<Future<Boolean>> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            threads.add(pool.submit(() -> {
                boolean everSawARejectedOne = false;
                for (int i = 0; i < 1000; i++) {
                    Token token = source.token(request("db-1"));
                    source.reject(token);
                    everSawARejectedOne |= source.token(request("db-1")) == token;
                }
                return everSawARejectedOne;
            }));
        }
        for (Future<Boolean> thread : threads) {
            assertThat(thread.get()).isFalse();
        }
    }

    private interface Signing {
        Token sign(TokenRequest request) throws TokenException, InterruptedException;
    }

    private TokenSource source(Signing signing) {
        Signer signer = request -> {
            try {
                return signing.sign(request);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TokenException("Interrupted.", "Do not.");
            }
        };
        return new TokenSource(signer, clock, pool);
    }

    private Token signSlowly(TokenRequest request) throws InterruptedException {
        signings.incrementAndGet();
        signing.countDown();
        mayFinish.await();
        return token(request);
    }

    private Token numbered(TokenRequest request) {
        return new Token(request, "secret-" + signings.incrementAndGet(), "the test", clock.instant(), null, null);
    }

    private Token token(TokenRequest request) {
        return new Token(request, "secret", "the test", clock.instant(), null, null);
    }

    private List<Future<Token>> askFrom(int threads, TokenSource source, TokenRequest request) {
        List<Future<Token>> tokens = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            CompletableFuture<Thread> started = new CompletableFuture<>();
            tokens.add(pool.submit(() -> {
                started.complete(Thread.currentThread());
                return source.token(request);
            }));
            asking.add(started.join());
        }
        return tokens;
    }

    private void allAreWaitingForTheFirst() throws InterruptedException {
        signing.await();
        for (Thread thread : asking) {
            await().until(() ->
                    thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING);
        }
    }

    private static Throwable failureOf(Future<Token> token) throws InterruptedException {
        try {
            throw new AssertionError("a token came: " + token.get());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    private static TokenRequest request(String host) {
        return new TokenRequest(host, 5432, "app", "eu-west-1", Identity.DEFAULT);
    }
}
