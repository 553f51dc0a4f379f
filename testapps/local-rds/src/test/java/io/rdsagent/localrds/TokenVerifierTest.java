package io.rdsagent.localrds;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final String REGION = "eu-west-1";
    private static final String HOST = "orders-1.abc123xyz.eu-west-1.rds.amazonaws.com";
    private static final int PORT = 5432;
    private static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");
    private static final AwsKey KEY = new AwsKey("AKIAEXAMPLE", "secret/with+signs", Optional.empty());
    private static final AwsKey SESSION_KEY = new AwsKey("ASIAEXAMPLE", "secret", Optional.of("A+/=".repeat(400)));

    private final TokenVerifier verifier = verifier(PORT, KEY, SESSION_KEY);

    @Test
    void aTokenOfTheSdkIsAccepted() {
        Verification verification = verify(token(KEY, Duration.ZERO));

        assertThat(verification.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(verification.tokenAge()).isZero();
    }

    @Test
    void aTokenOfTemporaryCredentialsIsAcceptedAtItsFullLength() {
        String token = token(SESSION_KEY, Duration.ZERO);

        assertThat(token).hasSizeGreaterThan(2_000);
        assertThat(verify(token).verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void theOrderOfTheParametersDoesNotMatter() {
        String token = token(KEY, Duration.ZERO);
        int query = token.indexOf('?') + 1;
        List<String> parameters = new ArrayList<>(List.of(token.substring(query).split("&", -1)));
        Collections.reverse(parameters);

        assertThat(verify(token.substring(0, query) + String.join("&", parameters))
                        .verdict())
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void port443WhichTheSdkLeavesOutOfTheTextIsUnderstoodWithAndWithout() {
        TokenVerifier https = verifier(443, KEY);
        String token = Sdk.tokenOf(NOW, KEY, REGION, HOST, 443, "app");

        assertThat(token).startsWith(HOST + "/?");
        assertThat(https.verify(token, "app", Set.of(HOST)).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(https.verify(token.replace(HOST, HOST + ":443"), "app", Set.of(HOST))
                        .verdict())
                .isEqualTo(Verdict.ACCEPTED);
        assertThat(verify(token).verdict()).isEqualTo(Verdict.WRONG_PORT);
    }

    @ParameterizedTest
    @ValueSource(ints = {890, 900})
    void aTokenIsGoodForFifteenMinutes(int seconds) {
        Verification verification = verify(token(KEY, Duration.ofSeconds(seconds)));

        assertThat(verification.verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(verification.tokenAge()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void aTokenOf901SecondsHasExpired() {
        assertThat(verify(token(KEY, Duration.ofSeconds(901))).verdict()).isEqualTo(Verdict.EXPIRED);
    }

    @Test
    void aTokenFromTheFutureIsRefusedBeyondTheSkewOfClocks() {
        assertThat(verify(token(KEY, Duration.ofMinutes(-5))).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(verify(token(KEY, Duration.ofSeconds(-301))).verdict()).isEqualTo(Verdict.NOT_YET_VALID);
    }

    @Test
    void aTokenForAnotherHostPortRegionOrUserIsRefusedByName() {
        assertThat(verify(Sdk.tokenOf(NOW, KEY, REGION, "orders-2.abc123xyz.eu-west-1.rds.amazonaws.com", PORT, "app")))
                .extracting(Verification::verdict)
                .isEqualTo(Verdict.WRONG_HOST);
        assertThat(verify(Sdk.tokenOf(NOW, KEY, REGION, HOST, 5433, "app")).verdict())
                .isEqualTo(Verdict.WRONG_PORT);
        assertThat(verify(Sdk.tokenOf(NOW, KEY, "eu-west-2", HOST, PORT, "app")).verdict())
                .isEqualTo(Verdict.WRONG_REGION);
        assertThat(verify(Sdk.tokenOf(NOW, KEY, REGION, HOST, PORT, "App")).verdict())
                .isEqualTo(Verdict.WRONG_USER);
    }

    @Test
    void aHostSignedInMixedCaseIsRefusedAndTheDetailSaysWhy() {
        Verification verification = verify(Sdk.tokenOf(NOW, KEY, REGION, HOST.replace('o', 'O'), PORT, "app"));

        assertThat(verification.verdict()).isEqualTo(Verdict.BAD_SIGNATURE);
        assertThat(verification.detail()).contains("mixed case");
    }

    @Test
    void anotherActionOrServiceIsRefused() {
        String token = token(KEY, Duration.ZERO);

        assertThat(verify(token.replace("Action=connect", "Action=delete")).verdict())
                .isEqualTo(Verdict.WRONG_ACTION);
        assertThat(verify(token.replace("%2Frds-db%2F", "%2Fs3%2F")).verdict()).isEqualTo(Verdict.WRONG_SERVICE);
    }

    @Test
    void anUnknownKeyAnotherSecretAndAnotherSessionTokenAreToldApart() {
        AwsKey stranger = new AwsKey("AKIASTRANGER", "secret", Optional.empty());
        AwsKey guessed = new AwsKey(KEY.id(), "guess", Optional.empty());
        AwsKey renewed = new AwsKey(SESSION_KEY.id(), SESSION_KEY.secret(), Optional.of("another"));

        assertThat(verify(token(stranger, Duration.ZERO)).verdict()).isEqualTo(Verdict.UNKNOWN_KEY);
        assertThat(verify(token(guessed, Duration.ZERO)).verdict()).isEqualTo(Verdict.BAD_SIGNATURE);
        assertThat(verify(token(renewed, Duration.ZERO)).verdict()).isEqualTo(Verdict.WRONG_SESSION_TOKEN);
    }

    @Test
    void aTokenThatPretendsToBeYoungerOrToLiveLongerIsRefused() {
        String old = token(KEY, Duration.ofSeconds(901));

        assertThat(verify(old.replace("X-Amz-Expires=900", "X-Amz-Expires=9000"))
                        .verdict())
                .isEqualTo(Verdict.LIVES_TOO_LONG);
        assertThat(verify(old.replace("X-Amz-Date=20260504T0247", "X-Amz-Date=20260504T0248"))
                        .verdict())
                .isEqualTo(Verdict.BAD_SIGNATURE);
        assertThat(verify(old.replace("X-Amz-Expires=900", "X-Amz-Expires=899")).verdict())
                .isEqualTo(Verdict.BAD_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "iam", "/?", HOST + ":5432/?Action=connect&DBUser=app", "%", "é"})
    void aPasswordIsNoToken(String password) {
        assertThat(verify(password).verdict()).isEqualTo(Verdict.NOT_A_TOKEN);
    }

    @Test
    void anEmptyPasswordIsNoCredentials() {
        assertThat(verify("").verdict()).isEqualTo(Verdict.NO_CREDENTIALS);
    }

    @Test
    void noDetailHoldsTheSignature() {
        String token = token(KEY, Duration.ofSeconds(901));
        String signature = token.substring(token.indexOf("X-Amz-Signature=") + 16);

        assertThat(signature).hasSize(64);
        assertThat(verify(token).toString()).doesNotContain(signature.substring(0, 16), KEY.id());
    }

    @Property
    void garbageIsNeverAcceptedAndNeverThrows(@ForAll String garbage) {
        assertThat(verify(garbage).accepted()).isFalse();
    }

    @Property
    void aTokenWithOneCharacterChangedIsNeverAccepted(@ForAll @IntRange(max = 299) int at, @ForAll char changed) {
        String token = token(KEY, Duration.ZERO);
        String tampered = token.substring(0, at) + changed + token.substring(at + 1);

        assertThat(verify(tampered).accepted()).isEqualTo(isSameRequest(token, at, changed));
    }

    @Property
    void aTokenCutShortIsNeverAccepted(@ForAll @IntRange(max = 299) int length) {
        assertThat(verify(token(KEY, Duration.ZERO).substring(0, length)).accepted())
                .isFalse();
    }

    /**
     * The same character, or the other case of one of the host's name or of a hexadecimal digit after a percent sign: the
     * request it stands for is the same.
     */
    private static boolean isSameRequest(String token, int at, char changed) {
        boolean escaped = at > 1 && (token.charAt(at - 1) == '%' || token.charAt(at - 2) == '%');
        char original = token.charAt(at);
        boolean sameHost = at < token.indexOf(':')
                && String.valueOf(changed).toLowerCase(Locale.ROOT).equals(String.valueOf(original));
        return original == changed
                || sameHost
                || (escaped && Character.digit(original, 16) == Character.digit(changed, 16));
    }

    private Verification verify(String token) {
        return verifier.verify(token, "app", Set.of(HOST));
    }

    private static String token(AwsKey key, Duration age) {
        return Sdk.tokenOf(NOW.minus(age), key, REGION, HOST, PORT, "app");
    }

    private static TokenVerifier verifier(int port, AwsKey... keys) {
        return new TokenVerifier(List.of(keys), REGION, port, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
