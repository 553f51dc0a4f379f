package io.rdsagent.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class TlsFailureTest {

    @Test
    void whatHasNothingToDoWithTlsIsNull() {
        assertThat(TlsFailure.of(null)).isNull();
        assertThat(TlsFailure.of(new SQLException("refused", new IOException("connection refused"))))
                .isNull();
    }

    @Test
    void aChainOfCausesThatGoesInACircleEnds() {
        SQLException outer = new SQLException("outer");
        IOException inner = new IOException("inner", outer);
        outer.initCause(inner);

        assertThat(TlsFailure.of(outer)).isNull();
    }

    @Test
    void aFailureNobodyKnowsIsTlsAllTheSameAndKeepsItsMessage() {
        TlsFailure failure = TlsFailure.of(new SQLException("x", new SSLHandshakeException("odd")));

        assertThat(failure.kind()).isEqualTo(TlsFailure.Kind.OTHER);
        assertThat(failure.sentence()).isEqualTo("The TLS handshake failed: odd.");
    }

    @Test
    void anAlgorithmThatTheJvmForbidsIsToldFromAnUnknownAuthority() throws Exception {
        CertificateException jdk = new CertificateException(
                "wrapped", new CertPathValidatorException("MD5", null, null, -1, BasicReason.ALGORITHM_CONSTRAINED));
        CertificateException explained = Refusal.of(jdk, new TestCa("Old").certificate(), "db.test", false);

        TlsFailure failure = TlsFailure.of(explained);
        assertThat(failure.kind()).isEqualTo(TlsFailure.Kind.WEAK);
        assertThat(failure).hasToString(failure.sentence() + " " + failure.remedy());
        assertThat(explained.getClass()).as("crosses to the application").isSameAs(CertificateException.class);
    }
}
