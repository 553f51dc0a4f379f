package io.rdsagent.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TrustTest {

    private static final String HOST = "orders.c1abc.eu-west-1.rds.test";

    @TempDir
    static Path directory;

    private static TestCa ca;
    private static TestCa stranger;
    private static Trust trust;

    @BeforeAll
    static void makeAuthorities() throws Exception {
        ca = new TestCa("Trusted Root");
        stranger = new TestCa("Stranger Root");
        trust = Trust.of(ca.writtenTo(directory));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerWithTheRightNameIsTrustedAndAskedForByThatName(String protocol) throws Exception {
        try (TlsEcho server = new TlsEcho(ca.issue(HOST), protocol)) {
            assertThat(talk(trust.socketFactory(true), HOST, server.port())).isEqualTo(protocol);
            assertThat(server.serverNames.take()).containsExactly(HOST);
        }
    }

    @Test
    void aWildcardCoversOneLabelAndNoMore() throws Exception {
        try (TlsEcho server = new TlsEcho(ca.issue("*.c1abc.eu-west-1.rds.test"), "TLSv1.3")) {
            talk(trust.socketFactory(true), HOST, server.port());

            assertThat(failure(trust.socketFactory(true), "x." + HOST, server.port())
                            .kind())
                    .isEqualTo(TlsFailure.Kind.WRONG_NAME);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void aServerWithAnotherNameIsRefusedAndBothNamesAreSaid(String protocol) throws Exception {
        try (TlsEcho server = new TlsEcho(ca.issue("payments.rds.test", "other.rds.test"), protocol)) {
            TlsFailure failure = failure(trust.socketFactory(true), HOST, server.port());

            assertThat(failure.kind()).isEqualTo(TlsFailure.Kind.WRONG_NAME);
            assertThat(failure.sentence())
                    .isEqualTo("The certificate of " + HOST
                            + " holds the names [other.rds.test, payments.rds.test], but not " + HOST + ".");
            assertThat(failure.remedy()).contains("`sign-for`");
        }
    }

    @Test
    void anotherNameIsAcceptedWhenOnlyTheAuthorityCounts() throws Exception {
        try (TlsEcho server = new TlsEcho(ca.issue("payments.rds.test"), "TLSv1.3")) {
            assertThat(talk(trust.socketFactory(false), HOST, server.port())).isEqualTo("TLSv1.3");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStrangersCertificateIsRefusedAndItsIssuerIsSaid(boolean verifyHostName) throws Exception {
        try (TlsEcho server = new TlsEcho(stranger.issue(HOST), "TLSv1.3")) {
            TlsFailure failure = failure(trust.socketFactory(verifyHostName), HOST, server.port());

            assertThat(failure.kind()).isEqualTo(TlsFailure.Kind.UNKNOWN_CA);
            assertThat(failure.sentence())
                    .startsWith("The certificate of " + HOST + " was issued by CN=Stranger Root, which is not one of");
            assertThat(failure.remedy()).contains("balancer", "`tls.ca`");
        }
    }

    @Test
    void theBundledRootsRefuseAnAuthorityThatIsNotAmazons() throws Exception {
        try (TlsEcho server = new TlsEcho(stranger.issue(HOST), "TLSv1.3")) {
            assertThat(failure(Trust.rdsRoots("eu-west-1").socketFactory(true), HOST, server.port())
                            .kind())
                    .isEqualTo(TlsFailure.Kind.UNKNOWN_CA);
        }
    }

    @Test
    void anExpiredCertificateIsRefusedAndItsEndIsSaid() throws Exception {
        Instant end = Instant.parse("2020-02-02T00:00:00Z");
        try (TlsEcho server = new TlsEcho(ca.issue(end.minus(Duration.ofDays(90)), end, HOST), "TLSv1.3")) {
            TlsFailure failure = failure(trust.socketFactory(true), HOST, server.port());

            assertThat(failure.kind()).isEqualTo(TlsFailure.Kind.EXPIRED);
            assertThat(failure.sentence()).contains("2020-02-02T00:00:00Z");
        }
    }

    @Test
    void aCertificateOfTheFutureIsRefused() throws Exception {
        Instant beginning = Instant.now().plus(Duration.ofDays(10));
        try (TlsEcho server = new TlsEcho(ca.issue(beginning, beginning.plus(Duration.ofDays(10)), HOST), "TLSv1.3")) {
            assertThat(failure(trust.socketFactory(true), HOST, server.port()).kind())
                    .isEqualTo(TlsFailure.Kind.NOT_YET_VALID);
        }
    }

    @Test
    void aPeerThatAnswersInPlainTextIsToldFromOneThatClosesAndOneWithoutACommonVersion() throws Exception {
        assertThat(failureWith("N: this is no TLS at all".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(TlsFailure.Kind.NOT_TLS);
        assertThat(failureWith(new byte[0])).isEqualTo(TlsFailure.Kind.CLOSED);
        byte[] fatalAlertProtocolVersion = {21, 3, 3, 0, 2, 2, 70};
        assertThat(failureWith(fatalAlertProtocolVersion)).isEqualTo(TlsFailure.Kind.NO_COMMON_PROTOCOL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void theSecondConnectionResumesTheFirstOnesSession(String protocol) throws Exception {
        Trust fresh = Trust.of(ca.writtenTo(directory));
        try (TlsEcho server = new TlsEcho(ca.issue(HOST), protocol)) {
            talk(fresh.socketFactory(true), HOST, server.port());
            int first = server.fullHandshakes.get();
            talk(fresh.socketFactory(true), HOST, server.port());

            assertThat(first).isPositive();
            assertThat(server.fullHandshakes).hasValue(first);
        }
    }

    @Test
    void aSessionMadeWithoutVerifyingTheNameIsNotResumedWhereTheNameCounts() throws Exception {
        Trust fresh = Trust.of(ca.writtenTo(directory));
        try (TlsEcho server = new TlsEcho(ca.issue("payments.rds.test"), "TLSv1.3")) {
            talk(fresh.socketFactory(false), HOST, server.port());

            assertThat(failure(fresh.socketFactory(true), HOST, server.port()).kind())
                    .isEqualTo(TlsFailure.Kind.WRONG_NAME);
        }
    }

    @Test
    void trustInAnybodyEncryptsButCannotVerifyAName() throws Exception {
        try (TlsEcho server = new TlsEcho(stranger.issue("whoever.test"), "TLSv1.3")) {
            assertThat(talk(Trust.none().socketFactory(false), HOST, server.port()))
                    .isEqualTo("TLSv1.3");
        }
        assertThatThrownBy(() -> Trust.none().socketFactory(true)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void onlyTls12And13AreOffered() throws Exception {
        try (SSLSocket socket = (SSLSocket) trust.socketFactory(true).createSocket()) {
            assertThat(socket.getEnabledProtocols()).containsExactlyInAnyOrder("TLSv1.3", "TLSv1.2");
            assertThat(socket.getSSLParameters().getEndpointIdentificationAlgorithm())
                    .isEqualTo("HTTPS");
        }
    }

    @Test
    void theRootsComeBackAsPem() throws Exception {
        assertThat(Pem.certificates(trust.pem()))
                .containsExactly(ca.certificate())
                .isEqualTo(trust.roots());
        assertThat(Trust.none().pem()).isEmpty();
    }

    @Test
    void aFileThatCannotServeIsNamedWithTheReasonAndTheRemedy() throws Exception {
        Path empty = Files.writeString(directory.resolve("empty.pem"), "# nothing here\n");
        Path cut = Files.writeString(directory.resolve("cut.pem"), trust.pem().substring(0, 200));
        Path garbage = Files.writeString(
                directory.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");

        assertThatThrownBy(() -> Trust.of(empty.toFile()))
                .isInstanceOf(TrustException.class)
                .hasMessageStartingWith(
                        "The file of trusted certificates " + empty + " holds no certificate. `tls.ca`");
        assertThatThrownBy(() -> Trust.of(cut.toFile()))
                .hasMessageContaining("cannot be parsed: a certificate is cut off");
        assertThatThrownBy(() -> Trust.of(garbage.toFile())).hasMessageContaining(garbage + " cannot be parsed: ");
        assertThatThrownBy(() -> Trust.of(directory.resolve("absent.pem").toFile()))
                .hasMessageContaining("absent.pem cannot be read: ");
    }

    /** The version spoken. */
    private static String talk(SSLSocketFactory factory, String host, int port) throws IOException {
        try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
                SSLSocket tls = (SSLSocket) factory.createSocket(plain, host, port, true)) {
            tls.setSoTimeout(10_000);
            tls.getOutputStream().write('x');
            assertThat(tls.getInputStream().read()).isEqualTo('x');
            return tls.getSession().getProtocol();
        }
    }

    private static TlsFailure failure(SSLSocketFactory factory, String host, int port) {
        Throwable thrown = catchThrowable(() -> talk(factory, host, port));
        assertThat(thrown).isInstanceOf(SSLException.class);
        return TlsFailure.of(new SQLException("as a driver wraps it", "08001", thrown));
    }

    private static TlsFailure.Kind failureWith(byte[] answer) throws Exception {
        try (RawServer server = new RawServer(answer)) {
            return failure(trust.socketFactory(true), HOST, server.port()).kind();
        }
    }
}
