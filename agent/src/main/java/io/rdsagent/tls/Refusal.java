package io.rdsagent.tls;

import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

/** Words for a certificate that was refused. */
final class Refusal {

    /**
     * A plain JDK exception, since it reaches the application as a cause; {@link TlsFailure} knows it by its mark.
     *
     * @param host null if unknown
     */
    static CertificateException of(
            CertificateException refusal, X509Certificate peer, String host, boolean onlyTheNameIsWrong) {
        TlsFailure.Kind kind = kind(refusal, onlyTheNameIsWrong);
        String whose = host == null ? "The server's certificate" : "The certificate of " + host;
        return new CertificateException(
                whose + " " + what(kind, peer, host, refusal) + ". " + kind.remedy() + " " + kind.mark(), refusal);
    }

    private static TlsFailure.Kind kind(Throwable refusal, boolean onlyTheNameIsWrong) {
        for (Throwable t = refusal; t != null; t = t.getCause()) {
            if (t instanceof CertificateExpiredException || isFor(t, BasicReason.EXPIRED)) {
                return TlsFailure.Kind.EXPIRED;
            }
            if (t instanceof CertificateNotYetValidException || isFor(t, BasicReason.NOT_YET_VALID)) {
                return TlsFailure.Kind.NOT_YET_VALID;
            }
            if (isFor(t, BasicReason.ALGORITHM_CONSTRAINED)) {
                return TlsFailure.Kind.WEAK;
            }
        }
        return onlyTheNameIsWrong ? TlsFailure.Kind.WRONG_NAME : TlsFailure.Kind.UNKNOWN_CA;
    }

    private static boolean isFor(Throwable t, BasicReason reason) {
        return t instanceof CertPathValidatorException && ((CertPathValidatorException) t).getReason() == reason;
    }

    private static String what(TlsFailure.Kind kind, X509Certificate peer, String host, Exception refusal) {
        switch (kind) {
            case EXPIRED:
                return "or one above it has expired (its own end: "
                        + peer.getNotAfter().toInstant() + ")";
            case NOT_YET_VALID:
                return "or one above it is not valid yet (its own beginning: "
                        + peer.getNotBefore().toInstant() + ")";
            case WRONG_NAME:
                return "holds the names " + CertificateNames.of(peer) + ", but not "
                        + (host == null ? "the one wanted" : host);
            case WEAK:
                return "uses an algorithm that this JVM forbids: " + refusal.getMessage();
            default:
                return "was issued by " + peer.getIssuerX500Principal() + ", which is not one of the trusted roots"
                        + " and was not signed by one";
        }
    }

    private Refusal() {}
}
