package io.rdsagent.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rdsagent.given.VirtualTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class TokenSourceTest {

    private final VirtualTime time = new VirtualTime();
    private final FakeSigner signer = new FakeSigner(time);
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final TokenSource source = new TokenSource(signer, time, background::add, Duration.ZERO);
    private final TokenRequest request = request("db-1");

    @Test
    void aTokenIsSignedOnceAndThenHandedOutAgain() throws TokenException {
        Token first = source.token(request);

        assertThat(source.token(request("DB-1"))).isSameAs(first);
        assertThat(signer.count()).isEqualTo(1);
    }

    @Test
    void whatCanNotBeSignedAnyMoreIsTroubleUntilItCan() throws TokenException {
        source.token(request);
        assertThat(source.troubles()).isEmpty();

        signer.failing = true;
        time.pass(Duration.ofMinutes(11));
        assertThat(source.troubles()).as("the token is still valid").isEmpty();
        background.remove().run();
        time.pass(Duration.ofMinutes(4));
        assertThat(source.troubles().get(request)).hasMessageContaining("The metadata service is dead.");
        background.remove().run();

        signer.failing = false;
        time.pass(Duration.ofSeconds(11));
        assertThat(source.troubles()).isNotEmpty();
        background.remove().run();
        assertThat(source.troubles()).isEmpty();
    }

    @Test
    void eachRequestHasATokenOfItsOwn() throws TokenException {
        Token db1 = source.token(request("db-1"));
        Token db2 = source.token(request("db-2"));

        assertThat(db1.request()).isNotEqualTo(db2.request());
        assertThat(db1.text()).isNotEqualTo(db2.text());
    }

    @Test
    void aTokenOlderThanTwoMinutesIsReplacedInTheBackgroundWhileItStillServes() throws TokenException {
        Token old = source.token(request);
        time.pass(Duration.ofSeconds(121));

        assertThat(source.token(request)).isSameAs(old);
        assertThat(background).hasSize(1);
        background.remove().run();
        assertThat(source.token(request)).isNotSameAs(old);
        assertThat(background).isEmpty();
    }

    @Test
    void whileOneReplacementIsUnderWayNoSecondIsBegun() throws TokenException {
        source.token(request);
        time.pass(Duration.ofSeconds(121));
        source.token(request);
        time.pass(Duration.ofSeconds(30));
        source.token(request);

        assertThat(background).hasSize(1);
    }

    @Test
    void aTokenOfTwoMinutesIsNotReplacedYet() throws TokenException {
        source.token(request);
        time.pass(Duration.ofMinutes(2));
        source.token(request);

        assertThat(background).isEmpty();
    }

    @Test
    void aTokenWhoseCredentialsEndSoonIsReplacedButNotAtEveryAsk() throws TokenException {
        signer.credentialsLastFor = Duration.ofMinutes(4);
        source.token(request);
        source.token(request);
        assertThat(background).isEmpty();

        time.pass(Duration.ofSeconds(10));
        source.token(request);
        source.token(request);
        assertThat(background).hasSize(1);
    }

    @Test
    void aTokenOlderThanFiveMinutesIsNotHandedOutWhileTheSignerWorks() throws TokenException {
        TokenSource signingAtOnce = new TokenSource(signer, time, Runnable::run, Duration.ofSeconds(10));
        Token old = signingAtOnce.token(request);
        time.pass(Duration.ofSeconds(301));

        Token token = signingAtOnce.token(request);

        assertThat(token).isNotSameAs(old);
        assertThat(token.age(time)).isZero();
    }

    @Test
    void whileTheSignerFailsAnOldTokenServesUntilThirtySecondsBeforeItsEnd() throws TokenException {
        TokenSource signingAtOnce = new TokenSource(signer, time, Runnable::run, Duration.ofSeconds(10));
        Token old = signingAtOnce.token(request);
        signer.failing = true;

        time.pass(Duration.ofMinutes(14).plusSeconds(30));
        assertThat(signingAtOnce.token(request)).isSameAs(old);

        time.pass(Duration.ofMillis(1));
        assertThatThrownBy(() -> signingAtOnce.token(request)).hasMessage("The metadata service is dead. Wake it.");
    }

    @Test
    void aSignerThatHangsDoesNotKeepAnOldButValidTokenBack() throws TokenException {
        Token old = source.token(request);
        time.pass(Duration.ofMinutes(6));

        assertThat(source.token(request)).isSameAs(old);
        assertThat(background).as("the signing that hangs").hasSize(1);
    }

    @Test
    void aFailureJustNowIsNotWaitedForAgainWhileAnOldTokenServes() throws TokenException {
        TokenSource signingAtOnce = new TokenSource(signer, time, Runnable::run, Duration.ofSeconds(10));
        signingAtOnce.token(request);
        signer.failing = true;
        time.pass(Duration.ofMinutes(6));

        signingAtOnce.token(request);
        signingAtOnce.token(request);
        assertThat(signer.count()).isEqualTo(2);

        time.pass(Duration.ofSeconds(10));
        signingAtOnce.token(request);
        assertThat(signer.count()).isEqualTo(3);
    }

    @Test
    void anOldTokenServesWhenTheRefresherIsShutDown() throws TokenException {
        TokenSource shutDown = new TokenSource(
                signer,
                time,
                r -> {
                    throw new RejectedExecutionException();
                },
                Duration.ofSeconds(10));
        Token old = shutDown.token(request);
        time.pass(Duration.ofMinutes(6));

        assertThat(shutDown.token(request)).isSameAs(old);
        shutDown.reject(old);
        assertThat(shutDown.token(request)).isNotSameAs(old);
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeATokenLastLonger() throws TokenException {
        TokenSource signingAtOnce = new TokenSource(signer, time, Runnable::run, Duration.ofSeconds(10));
        Token fromTheFuture = signingAtOnce.token(request);
        time.pass(Duration.ofHours(-1));

        assertThat(signingAtOnce.token(request)).isNotSameAs(fromTheFuture);
    }

    @Test
    void aRejectedTokenIsNeverHandedOutAgain() throws TokenException {
        Token rejected = source.token(request);
        source.reject(rejected);

        assertThat(source.token(request)).isNotSameAs(rejected);

        signer.failing = true;
        source.reject(source.token(request));
        assertThatThrownBy(() -> source.token(request)).isInstanceOf(TokenException.class);
    }

    @Test
    void theSignerHearsOnceOfATokenThatManyWereRefused() throws TokenException {
        Token refused = source.token(request);

        source.reject(refused);
        source.reject(refused);

        assertThat(signer.refused).containsExactly(Identity.DEFAULT);
    }

    @Test
    void aSignerThatHangsKeepsNobodyLongerThanTheLimitAndServesWhoAsksNext() throws TokenException {
        assertThatThrownBy(() -> source.token(request, Duration.ofMillis(1)))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("within 1 ms")
                .hasMessageContaining("metadata service");
        assertThatThrownBy(() -> source.token(request, Duration.ofMillis(1))).isInstanceOf(TokenException.class);
        assertThat(background).as("the signing that hangs").hasSize(1);

        background.remove().run();

        assertThat(source.token(request, Duration.ofMillis(1)).text()).isEqualTo("secret-1");
        assertThat(signer.count()).isEqualTo(1);
    }

    @Test
    void aFailureOnTheRefreshersThreadReachesWhoAskedWithALimit() {
        TokenSource elsewhere = new TokenSource(signer, time, Runnable::run);
        signer.failing = true;

        assertThatThrownBy(() -> elsewhere.token(request, Duration.ofSeconds(10)))
                .hasMessage("The metadata service is dead. Wake it.");
    }

    @Test
    void whereTheRefresherIsShutDownWhoAsksSignsForItself() throws TokenException {
        TokenSource shutDown = new TokenSource(signer, time, r -> {
            throw new RejectedExecutionException();
        });

        assertThat(shutDown.token(request, Duration.ofSeconds(10)).text()).isEqualTo("secret-1");
    }

    @Test
    void rejectingAnOldTokenLeavesItsReplacementAlone() throws TokenException {
        Token old = source.token(request);
        source.reject(old);
        Token replacement = source.token(request);

        source.reject(old);

        assertThat(source.token(request)).isSameAs(replacement);
    }

    @Test
    void aFailureIsNotRemembered() throws TokenException {
        signer.failing = true;
        assertThatThrownBy(() -> source.token(request)).isInstanceOf(TokenException.class);

        signer.failing = false;
        assertThat(source.token(request).text()).isEqualTo("secret-2");
    }

    @Test
    void aBugInTheSignerIsATokenExceptionThatTellsThePlaceAndNotTheMessage() {
        TokenSource buggy = new TokenSource(
                r -> {
                    throw new IllegalStateException("secret-text");
                },
                time,
                background::add);

        assertThatThrownBy(() -> buggy.token(request))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("java.lang.IllegalStateException at io.rdsagent.token.TokenSourceTest")
                .message()
                .doesNotContain("secret-text");
    }

    @Test
    void whatNobodyAskedForInAnHourIsForgotten() throws TokenException {
        source.token(request("seldom"));
        time.pass(Duration.ofMinutes(40));
        source.token(request("often"));
        time.pass(Duration.ofMinutes(21));

        source.sweep();

        assertThat(source.size()).isEqualTo(1);
    }

    @Test
    void theCacheIsBoundedAndKeepsWhatWasUsedLast() throws TokenException {
        Token used = source.token(request);
        for (int i = 0; i < TokenSource.MOST_ENTRIES - 1; i++) {
            source.token(request("other-" + i));
        }
        time.pass(Duration.ofMinutes(2));
        source.token(request);
        for (int i = 0; i < 10; i++) {
            source.token(request("late-" + i));
        }

        assertThat(source.size()).isEqualTo(TokenSource.MOST_ENTRIES);
        assertThat(source.token(request)).isSameAs(used);
    }

    private static TokenRequest request(String host) {
        return new TokenRequest(host, 5432, "app", "eu-west-1", Identity.DEFAULT);
    }
}
