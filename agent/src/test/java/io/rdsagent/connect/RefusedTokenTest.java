package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.HostPort;
import io.rdsagent.event.Cause;
import io.rdsagent.given.VirtualTime;
import io.rdsagent.token.Caller;
import io.rdsagent.token.Callers;
import io.rdsagent.token.Identity;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each cause of the one refusal that a server knows, told apart by what can be known. */
class RefusedTokenTest {

    private static final String HOST = "orders.cluster-abc.eu-west-1.rds.amazonaws.com";
    private static final HostPort DIALLED = HostPort.of(HOST, 5432);

    private final VirtualTime time = new VirtualTime();
    private String state = "28000";
    private String words = "FATAL: PAM authentication failed for user \"app\"";
    private String region = "eu-west-1";
    private HostPort dialled = DIALLED;
    private Set<String> certified = Set.of(HOST);
    private Instant credentialsExpireAt;
    private Caller caller = Callers.VALID;
    private String asks;
    private Duration sinceSuccess;
    private Duration age = Duration.ofSeconds(2);

    @Test
    void aUserWhoIsAskedForAPasswordOfAnotherKindIsNoneOfIam() {
        asks = "caching_sha2_password";

        assertFound(Cause.USER_NOT_IAM, "by caching_sha2_password", "GRANT IT");
    }

    @Test
    void postgresTellsThatByItsSqlState() {
        state = "28P01";

        assertFound(Cause.USER_NOT_IAM, "took the token for a password", "GRANT IT");
    }

    @Test
    void aProxyThatLimitsSaysSo() {
        words = "IAM authentication rate limit exceeded";

        assertFound(Cause.THROTTLED, "200 new ones");
    }

    @Test
    void theRegionOfTheNameIsTheRightOne() {
        region = "us-west-2";

        assertFound(Cause.WRONG_REGION, "for the region us-west-2", "is in eu-west-1", "`region`");
    }

    @Test
    void aCertificateForAnotherNameSaysWhatToSignFor() {
        certified = Set.of("stock.cluster-abc.eu-west-1.rds.amazonaws.com");

        assertFound(Cause.SIGNED_FOR_ANOTHER_NAME, "certificate is for stock.cluster-abc", "`sign-for`");
    }

    @Test
    void aCertificateForAllNamesOfADomainIsForThisOne() {
        certified = Set.of("*.cluster-abc.eu-west-1.rds.amazonaws.com");

        assertFound(Cause.POLICY_MISSING, "rds-db:connect");
    }

    @Test
    void anotherPortOfTheSameHostIsAnotherName() {
        dialled = HostPort.of(HOST, 5433);

        assertFound(Cause.SIGNED_FOR_ANOTHER_NAME, "for port 5432", ":5433 was dialled");
    }

    @Test
    void aTunnelsPortIsItsOwn() {
        dialled = HostPort.of("localhost", 15432);

        assertFound(Cause.POLICY_MISSING, "rds-db:connect");
    }

    @Test
    void credentialsThatAwsCallsExpiredAre() {
        caller = Callers.not(Caller.Verdict.EXPIRED, "AWS says that the default credentials have expired");

        assertFound(Cause.CREDENTIALS_EXPIRED, "AWS says that the default credentials have expired", "Renew them");
    }

    @Test
    void credentialsThatToldTheirEndHaveExpiredWithoutAskingAnybody() {
        caller = Caller.unknown("STS did not answer");
        credentialsExpireAt = time.instant().minusSeconds(1);

        assertFound(Cause.CREDENTIALS_EXPIRED, "role shop");
    }

    @Test
    void credentialsThatAwsDoesNotKnowAreInvalid() {
        caller = Callers.not(Caller.Verdict.INVALID, "AWS does not know the access key");

        assertFound(Cause.CREDENTIALS_INVALID, "AWS does not know the access key");
    }

    @Test
    void aClockThatIsBehindAwsMakesTokensTooOld() {
        caller = Callers.validWithTheClockAhead(Duration.ofMinutes(-20));

        assertFound(Cause.CLOCK_WRONG, "1200 s behind AWS's", "NTP");
    }

    @Test
    void aTokenThatWasTooOldWhenItArrivedIsSaidToBe() {
        age = Duration.ofMinutes(16);

        assertFound(Cause.TOKEN_TOO_OLD, "960 s old");
    }

    @Test
    void whoWasLetInLatelyIsThrottledAndMissesNoPolicy() {
        sinceSuccess = Duration.ofSeconds(30);

        assertFound(Cause.THROTTLED, "let in with the same identity 30 s ago", "200 new IAM");
    }

    @Test
    void whenAllElseIsRightThePolicyIsMissing() {
        assertFound(
                Cause.POLICY_MISSING, "the policy of arn:aws:sts::123456789012:assumed-role/shop/x", "rds-db:connect");
    }

    @Test
    void whatCouldNotBeAskedIsSaidAndListed() {
        caller = Caller.unknown("STS did not answer in time");

        assertFound(Cause.TOKEN_REFUSED, "STS did not answer in time", "Check in this order", "role shop");
    }

    private void assertFound(Cause cause, String... said) {
        Instant signedAt = time.instant().minus(age);
        Token token = new Token(
                new TokenRequest(HOST, 5432, "app", region, Identity.DEFAULT),
                "the-secret",
                "role shop",
                signedAt,
                credentialsExpireAt,
                null);
        Finding finding = new RefusedToken(time)
                .finding(new Evidence(
                        new SQLException(words, state),
                        token,
                        dialled,
                        certified,
                        () -> caller,
                        () -> asks,
                        sinceSuccess,
                        "GRANT IT"));

        assertThat(finding.cause()).as(finding.toString()).isEqualTo(cause);
        assertThat(finding.toString()).contains(words).contains(said).doesNotContain("the-secret");
    }
}
