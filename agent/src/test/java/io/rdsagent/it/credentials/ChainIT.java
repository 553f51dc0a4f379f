package io.rdsagent.it.credentials;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each source of the SDK's default chain, in a JVM that has no other, with the real jar, whose SDK is relocated. Sixteen
 * threads connect at once; the servers verify what they send, and the source is asked once.
 */
class ChainIT {

    private static final int THREADS = 16;
    private static final AwsStub.Keys FIXED = new AwsStub.Keys("AKIAFIXEDFIXEDFIXED1", "fixed/secret+1", null);
    private static final AwsStub.Keys TEMPORARY = new AwsStub.Keys(
            "ASIATEMPORARYTEMPOR1",
            "temporary/secret+2",
            String.join("", Collections.nCopies(40, "Session/Token+With=Signs")) + "==");

    private static LocalRds rds;

    @TempDir
    Path home;

    private AwsStub aws;

    @BeforeAll
    static void start() {
        rds = LocalRds.builder()
                .nodes(1)
                .credentials(FIXED.id(), FIXED.secret())
                .credentials(TEMPORARY.id(), TEMPORARY.secret(), TEMPORARY.session())
                .start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void open() throws IOException {
        rds.log().clear();
        aws = new AwsStub(TEMPORARY);
    }

    @AfterEach
    void close() throws IOException {
        aws.close();
    }

    @Test
    void theEnvironmentSigns() throws Exception {
        allLogIn(application()
                .environment("AWS_ACCESS_KEY_ID", TEMPORARY.id())
                .environment("AWS_SECRET_ACCESS_KEY", TEMPORARY.secret())
                .environment("AWS_SESSION_TOKEN", TEMPORARY.session()));

        assertThat(aws.requests()).isEmpty();
    }

    @Test
    void theSystemPropertiesSign() throws Exception {
        allLogIn(application()
                .option("-Daws.accessKeyId=" + FIXED.id())
                .option("-Daws.secretAccessKey=" + FIXED.secret()));

        assertThat(aws.requests()).isEmpty();
    }

    @Test
    void theDefaultProfileSigns() throws Exception {
        file(
                ".aws/credentials",
                "[default]\naws_access_key_id = " + FIXED.id() + "\naws_secret_access_key = " + FIXED.secret() + "\n");

        allLogIn(application());

        assertThat(aws.requests()).isEmpty();
    }

    @Test
    void theRoleOfAProfileSigns() throws Exception {
        file(
                ".aws/config",
                "[profile base]\naws_access_key_id = " + FIXED.id() + "\naws_secret_access_key = " + FIXED.secret()
                        + "\n[profile app]\nregion = eu-west-1\nsource_profile = base\n"
                        + "role_arn = arn:aws:iam::123456789012:role/db\nexternal_id = seven\n");

        allLogIn(application().environment("AWS_PROFILE", "app").environment("AWS_ENDPOINT_URL_STS", aws.url()));

        assertThat(aws.handedOut())
                .singleElement()
                .satisfies(asked -> assertThat(asked.body()).contains("Action=AssumeRole&", "ExternalId=seven"));
    }

    @Test
    void aProfilesCredentialProcessSigns() throws Exception {
        Path answer = file(
                "answer.json",
                "{\"Version\":1,\"AccessKeyId\":\"" + TEMPORARY.id() + "\",\"SecretAccessKey\":\"" + TEMPORARY.secret()
                        + "\",\"SessionToken\":\"" + TEMPORARY.session() + "\",\"Expiration\":\"" + inAnHour() + "\"}");
        file(".aws/config", "[default]\ncredential_process = cat " + answer + "\n");

        allLogIn(application());
    }

    @Test
    void aSingleSignOnSigns() throws Exception {
        file(".aws/config", """
                [default]
                sso_session = corp
                sso_account_id = 123456789012
                sso_role_name = db
                [sso-session corp]
                sso_region = eu-west-1
                sso_start_url = https://corp.awsapps.com/start
                sso_registration_scopes = sso:account:access
                """);
        signedOnAs("corp");

        allLogIn(application().environment("AWS_ENDPOINT_URL_SSO", aws.url()));

        assertThat(aws.handedOut())
                .singleElement()
                .satisfies(asked -> assertThat(asked.path()).contains("role_name=db", "account_id=123456789012"));
    }

    @Test
    void aSingleSignOnOfTheOldFormSigns() throws Exception {
        file(".aws/config", """
                [default]
                sso_region = eu-west-1
                sso_start_url = https://corp.awsapps.com/start
                sso_account_id = 123456789012
                sso_role_name = db
                """);
        signedOnAs("https://corp.awsapps.com/start");

        allLogIn(application().environment("AWS_ENDPOINT_URL_SSO", aws.url()));

        assertThat(aws.handedOut()).hasSize(1);
    }

    @Test
    void aWebIdentityAsOfAServiceAccountSigns() throws Exception {
        Path token = file("web-identity", "the-projected-token");

        allLogIn(application()
                .environment("AWS_WEB_IDENTITY_TOKEN_FILE", token.toString())
                .environment("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/irsa")
                .environment("AWS_ENDPOINT_URL_STS", aws.url()));

        assertThat(aws.handedOut())
                .singleElement()
                .satisfies(asked -> assertThat(asked.body())
                        .contains(
                                "Action=AssumeRoleWithWebIdentity",
                                "role%2Firsa",
                                "WebIdentityToken=the-projected-token"));
    }

    @Test
    void aPodIdentitySigns() throws Exception {
        Path token = file("pod-identity", "of-the-pod");

        allLogIn(application()
                .environment("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.url() + "/pod")
                .environment("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", token.toString()));

        assertThat(aws.handedOut()).hasSize(1);
    }

    @Test
    void theContainersRoleSigns() throws Exception {
        allLogIn(application()
                .environment("AWS_CONTAINER_CREDENTIALS_FULL_URI", aws.url() + "/container")
                .environment("AWS_CONTAINER_AUTHORIZATION_TOKEN", "of-the-container"));

        assertThat(aws.handedOut()).hasSize(1);
    }

    @Test
    void theInstancesRoleSignsByVersionTwo() throws Exception {
        allLogIn(application()
                .environment("AWS_EC2_METADATA_DISABLED", "false")
                .environment("AWS_EC2_METADATA_SERVICE_ENDPOINT", aws.url()));

        assertThat(aws.handedOut()).hasSize(1);
        assertThat(aws.requests()).extracting(AwsStub.Request::method).contains("PUT");
    }

    private void allLogIn(ForkedJvm.Builder application) throws IOException, InterruptedException {
        ForkedJvm jvm = application.run();

        assertThat(jvm.out("connected orders-1")).as(jvm.all()).hasSize(THREADS);
        assertThat(rds.log().logins())
                .hasSize(THREADS)
                .extracting(Login::verdict)
                .containsOnly(Verdict.ACCEPTED);
        assertThat(jvm.all()).doesNotContain(TEMPORARY.secret(), TEMPORARY.session(), FIXED.secret(), "X-Amz-");
    }

    private ForkedJvm.Builder application() {
        String url = "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app";
        return ForkedJvm.of("com.example.Connects", url, String.valueOf(THREADS))
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds)
                .withoutKeys()
                .environment("HOME", home.toString())
                .option("-Duser.home=" + home);
    }

    private void signedOnAs(String session) throws IOException, NoSuchAlgorithmException {
        String name = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-1").digest(session.getBytes(StandardCharsets.UTF_8)));
        file(
                ".aws/sso/cache/" + name + ".json",
                "{\"startUrl\":\"https://corp.awsapps.com/start\",\"region\":\"eu-west-1\","
                        + "\"accessToken\":\"access-of-the-person\",\"expiresAt\":\"" + inAnHour() + "\"}");
    }

    private static Instant inAnHour() {
        return Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);
    }

    private Path file(String name, String content) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }
}
