package io.rdsagent.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import org.junit.jupiter.api.Test;

class CertificateNamesTest {

    private static final String ORDERS = "orders-1.abc123xyz.eu-west-1.rds.amazonaws.com";

    @Test
    void aNameIsHeldInAnyCaseOfLetters() throws Exception {
        X509Certificate certificate = certificate("other", ORDERS.toUpperCase(java.util.Locale.ROOT));

        assertThat(CertificateNames.holds(certificate, ORDERS)).isTrue();
        assertThat(CertificateNames.holds(certificate, "Other")).isTrue();
    }

    @Test
    void anotherNameIsNot() throws Exception {
        X509Certificate certificate = certificate(ORDERS);

        assertThat(CertificateNames.holds(certificate, "orders-2.abc123xyz.eu-west-1.rds.amazonaws.com"))
                .isFalse();
        assertThat(CertificateNames.holds(certificate, "1.abc123xyz.eu-west-1.rds.amazonaws.com"))
                .isFalse();
        assertThat(CertificateNames.holds(certificate, "server"))
                .as("the subject's")
                .isFalse();
    }

    @Test
    void aStarStandsForAllOfTheFirstLabelAndNothingElse() throws Exception {
        X509Certificate certificate = certificate("*.proxy-abc.eu-west-1.rds.amazonaws.com", "*", "*.com", "or*.b.c");

        assertThat(CertificateNames.holds(certificate, "orders.proxy-abc.eu-west-1.rds.amazonaws.com"))
                .isTrue();
        assertThat(CertificateNames.holds(certificate, "a.b.proxy-abc.eu-west-1.rds.amazonaws.com"))
                .isFalse();
        assertThat(CertificateNames.holds(certificate, "proxy-abc.eu-west-1.rds.amazonaws.com"))
                .isFalse();
        assertThat(CertificateNames.holds(certificate, "example.com")).isFalse();
        assertThat(CertificateNames.holds(certificate, "localhost")).isFalse();
        assertThat(CertificateNames.holds(certificate, "orders.b.c")).isFalse();
    }

    @Test
    void aCertificateWithoutAlternativeNamesHoldsNone() throws Exception {
        assertThat(CertificateNames.holds(new TestCa("orders.b.c").certificate(), "orders.b.c"))
                .isFalse();
    }

    private static X509Certificate certificate(String... names) throws Exception {
        return (X509Certificate) new TestCa("ca").issue(names).getCertificate("server");
    }
}
