package io.rdsagent.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rdsagent.given.VirtualTime;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

class SdkSignerTest {

    private static final String ROLE = "arn:aws:iam::123456789012:role/db";

    private final Map<String, String> before = new HashMap<>();
    private final ClassLoader loaderBefore = Thread.currentThread().getContextClassLoader();
    private final Clock clock = Clock.systemUTC();
    private final SdkSigner signer = new SdkSigner(clock);

    @TempDir
    Path directory;

    @BeforeEach
    void giveKeys() {
        set("aws.accessKeyId", "AKIAEXAMPLEEXAMPLE77");
        set("aws.secretAccessKey", "base-secret");
        set("aws.configFile", directory.resolve("config").toString());
        set("aws.sharedCredentialsFile", directory.resolve("credentials").toString());
    }

    @AfterEach
    void restore() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
        Thread.currentThread().setContextClassLoader(loaderBefore);
    }

    @Test
    void aTokenIsASignedRequestForHostPortUserAndRegion() throws TokenException {
        Token token = signer.sign(request("db.abc.eu-west-1.rds.amazonaws.com", Identity.DEFAULT));

        URI uri = URI.create("https://" + token.text());
        assertThat(uri.getHost()).isEqualTo("db.abc.eu-west-1.rds.amazonaws.com");
        assertThat(uri.getPort()).isEqualTo(5432);
        assertThat(uri.getRawQuery().split("&"))
                .contains("Action=connect", "DBUser=App_User", "X-Amz-Expires=900", "X-Amz-SignedHeaders=host")
                .anyMatch(p ->
                        p.matches("X-Amz-Credential=AKIAEXAMPLEEXAMPLE77%2F\\d{8}%2Feu-west-1%2Frds-db%2Faws4_request"))
                .anyMatch(p -> p.matches("X-Amz-Signature=[0-9a-f]{64}"));
    }

    @Test
    void aHostInMixedCaseIsSignedInLowerCase() throws TokenException {
        Token token = signer.sign(request("DB.Abc.EU-West-1.rds.amazonaws.com", Identity.DEFAULT));

        assertThat(token.text()).startsWith("db.abc.eu-west-1.rds.amazonaws.com:5432/?");
    }

    @Test
    void theFifteenMinutesBeginNoLaterThanInTheSignature() throws TokenException {
        Instant start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Token token = signer.sign(request("db", Identity.DEFAULT));

        String date = token.text().replaceAll(".*X-Amz-Date=(\\d{8}T\\d{6}Z).*", "$1");
        Instant signature = Instant.parse(date.replaceAll("(....)(..)(..T..)(..)(..Z)", "$1-$2-$3:$4:$5"));
        assertThat(token.signedAt()).isBetween(start, signature);
        assertThat(token.expiresAt()).isEqualTo(token.signedAt().plus(Duration.ofMinutes(15)));
    }

    @Test
    void aTokenSaysWhoSignedItWithoutTheWholeKey() throws TokenException {
        Token token = signer.sign(request("db", Identity.DEFAULT));

        assertThat(token.signedBy()).isEqualTo("the default credentials (access key AKIA...LE77)");
    }

    @Test
    void aProfileSignsWithItsOwnKeysAlthoughOthersAreInTheProcess() throws Exception {
        Files.writeString(
                directory.resolve("credentials"),
                "[reporting]\naws_access_key_id = AKIAREPORTINGREPORT1\naws_secret_access_key = s\n");

        Token token = signer.sign(request("db", new Identity("reporting", null, null)));

        assertThat(token.text()).contains("X-Amz-Credential=AKIAREPORTINGREPORT1%2F");
        assertThat(token.signedBy()).startsWith("profile reporting (");
    }

    @Test
    void aProgramForCredentialsThatFailsIsNamedWithItsWords() throws Exception {
        Files.writeString(
                directory.resolve("config"),
                "[profile failing]\ncredential_process = sh -c \"echo the session has expired >&2; exit 3\"\n");
        set("aws.configFile", directory.resolve("config").toString());

        assertThatThrownBy(() -> signer.sign(request("db", new Identity("failing", null, null))))
                .isInstanceOf(TokenException.class)
                .hasMessageContaining("No AWS credentials from profile failing: the program that its"
                        + " `credential_process` names failed (")
                .hasMessageContaining("the session has expired");
    }

    @Test
    void aRoleIsAssumedOnceAndTheTokenDiesWithItsCredentials() throws Exception {
        Instant end = clock.instant().plus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.SECONDS);
        try (StsStub sts = new StsStub(end)) {
            set("aws.endpointUrlSts", sts.url());
            Identity role = new Identity(null, ROLE, null);

            Token token = signer.sign(request("db", role));
            signer.sign(request("db-2", role));

            assertThat(token.text())
                    .contains("X-Amz-Credential=ASIAASSUMEDASSUMED01%2F", "X-Amz-Security-Token=assumed-session");
            assertThat(token.expiresAt()).isEqualTo(end);
            assertThat(token.signedBy())
                    .isEqualTo("role " + ROLE + " assumed by the default credentials (access key ASIA...ED01)");
            assertThat(sts.requests)
                    .singleElement()
                    .asString()
                    .contains("Action=AssumeRole", "RoleSessionName=rds-jdbc-agent");
        }
    }

    @Test
    void theExternalIdIsSentWithTheRole() throws Exception {
        try (StsStub sts = new StsStub(clock.instant().plus(Duration.ofHours(1)))) {
            set("aws.endpointUrlSts", sts.url());

            signer.sign(request("db", new Identity(null, ROLE, "orders/7")));

            assertThat(sts.requests).singleElement().asString().contains("ExternalId=orders%2F7");
        }
    }

    @Test
    void refusedCredentialsAreAskedForAgainButNotMoreOftenThanOnceAMinute() throws Exception {
        VirtualTime time = new VirtualTime();
        SdkSigner renewing = new SdkSigner(time);
        Identity role = new Identity(null, ROLE, null);
        try (StsStub sts = new StsStub(clock.instant().plus(Duration.ofHours(1)))) {
            set("aws.endpointUrlSts", sts.url());
            renewing.sign(request("db", role));
            sts.keyId = "ASIARENEWEDRENEWED02";

            renewing.refused(role);
            assertThat(renewing.sign(request("db", role)).text()).contains("ASIAASSUMEDASSUMED01");

            time.pass(Duration.ofSeconds(61));
            renewing.refused(role);
            assertThat(renewing.sign(request("db", role)).text()).contains("ASIARENEWEDRENEWED02");

            renewing.refused(role);
            renewing.sign(request("db", role));
            assertThat(sts.requests).hasSize(2);
        }
    }

    @Test
    void aTokenKnowsHowFarTheHostsClockIsFromThatOfAws() throws Exception {
        Clock behind = Clock.offset(clock, Duration.ofMinutes(-20));
        try (StsStub sts = new StsStub(clock.instant().plus(Duration.ofHours(1)))) {
            set("aws.endpointUrlSts", sts.url());

            Token token = new SdkSigner(behind).sign(request("db", new Identity(null, ROLE, null)));

            assertThat(token.hostAhead()).isCloseTo(Duration.ofMinutes(-20), Duration.ofMinutes(1));
        }
        assertThat(signer.sign(request("db", Identity.DEFAULT)).hostAhead()).isNull();
    }

    @Test
    void aThrottledStsIsSaidToBeAskedAgain() throws Exception {
        try (StsStub sts = new StsStub(clock.instant())) {
            sts.code = "ThrottlingException";
            sts.refusal = "Rate exceeded";
            set("aws.endpointUrlSts", sts.url());

            TokenException throttled = failure(new Identity(null, ROLE, null));

            assertThat(throttled.what()).endsWith(": Rate exceeded.");
            assertThat(throttled.remedy()).contains("the next connect asks again");
        }
    }

    @Test
    void aProfileThatIsMovedIntoPlaceWithAnOldTimeSignsTheNextToken() throws Exception {
        Identity profile = new Identity("reporting", null, null);
        assertThat(failure(profile).what()).contains("no credentials for profile 'reporting'");

        moveIntoPlace("AKIAREPORTINGREPORT1");
        assertThat(signer.sign(request("db", profile)).text()).contains("AKIAREPORTINGREPORT1");

        moveIntoPlace("AKIAREPORTINGREPORT2");
        assertThat(signer.sign(request("db", profile)).text()).contains("AKIAREPORTINGREPORT2");
    }

    /** As {@code mv} and Kubernetes do: the time is that of the writing, long before the last reading. */
    private void moveIntoPlace(String key) throws IOException {
        Path next = directory.resolve("next");
        Files.writeString(next, "[reporting]\naws_access_key_id = " + key + "\naws_secret_access_key = s\n");
        Files.setLastModifiedTime(next, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        Files.move(next, directory.resolve("credentials"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void theRoleOfAProfileIsAssumedFromAThreadWhoseLoaderKnowsNoSdk() throws Exception {
        Files.writeString(
                directory.resolve("config"),
                "[profile base]\naws_access_key_id = AKIABASEBASEBASEBAS1\naws_secret_access_key = s\n"
                        + "[profile db]\nregion = eu-west-1\nrole_arn = " + ROLE + "\nsource_profile = base\n");
        try (StsStub sts = new StsStub(clock.instant().plus(Duration.ofHours(1)));
                URLClassLoader stranger = new URLClassLoader(new URL[0], null)) {
            set("aws.endpointUrlSts", sts.url());
            Thread.currentThread().setContextClassLoader(stranger);

            Token token = signer.sign(request("db", new Identity("db", null, null)));

            assertThat(token.text()).contains("X-Amz-Credential=ASIAASSUMEDASSUMED01%2F");
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(stranger);
        }
    }

    @Test
    void aRefusedRoleIsExplainedInTheFirstSentenceOfStsAndNoMore() throws Exception {
        try (StsStub sts = new StsStub(clock.instant())) {
            sts.refusal = "User: arn:aws:iam::1:user/u is not authorized to perform: sts:AssumeRole."
                    + " The Canonical String was x-amz-security-token:canonical-secret";
            set("aws.endpointUrlSts", sts.url());

            TokenException refused = failure(new Identity(null, ROLE, null));

            assertThat(refused.what())
                    .isEqualTo("No AWS credentials from role " + ROLE + " assumed by the default credentials: User:"
                            + " arn:aws:iam::1:user/u is not authorized to perform: sts:AssumeRole.");
            assertThat(refused.remedy()).contains("trust policy", "sts:AssumeRole");
            assertThat(refused).hasStackTraceContaining("SdkFailure").hasNoCause();
            assertThat(refused.getSuppressed()).isEmpty();
        }
    }

    @Test
    @DisabledIfEnvironmentVariable(named = "AWS_ACCESS_KEY_ID", matches = ".+")
    void noCredentialsAtAllIsSaidInTwoSentences() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");

        assertThat(failure(Identity.DEFAULT))
                .hasMessage("No AWS credentials from the default credentials: none of the SDK's sources is set up. Set"
                        + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the process a role (instance profile,"
                        + " task role, service account); the keys `profile` and `role-arn` choose another identity.");
    }

    @Test
    void aProfileThatDoesNotExistIsNamed() {
        assertThat(failure(new Identity("absent", null, null)).what())
                .isEqualTo("No AWS credentials from profile absent: Profile file contained no credentials for profile"
                        + " 'absent'.");
    }

    @Test
    void warmingUpNeedsNoCredentials() {
        System.clearProperty("aws.accessKeyId");
        set("aws.endpointUrlSts", "http://127.0.0.1:1");

        signer.warmUp();

        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(loaderBefore);
    }

    private TokenException failure(Identity identity) {
        return catchThrowableOfType(TokenException.class, () -> signer.sign(request("db", identity)));
    }

    private void set(String name, String value) {
        before.putIfAbsent(name, System.getProperty(name));
        System.setProperty(name, value);
    }

    private static TokenRequest request(String host, Identity identity) {
        return new TokenRequest(host, 5432, "App_User", "eu-west-1", identity);
    }
}
