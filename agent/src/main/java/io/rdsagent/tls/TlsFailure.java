package io.rdsagent.tls;

import java.io.EOFException;
import java.security.cert.CertificateException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;

/** Why a TLS handshake failed, as far as its exception tells. */
public final class TlsFailure {

    /** What went wrong. Certificates are told apart only on sockets of {@link Trust}. */
    public enum Kind {
        UNKNOWN_CA("TLS may end before the database, at a balancer or proxy: then let it pass TLS through;"
                + " or set `tls.ca` to a PEM file with the root that signed it"
                + " (AWS has RDS's at https://truststore.pki.rds.amazonaws.com/global/global-bundle.pem)."),
        EXPIRED("Renew the server's certificate (on RDS: rotate to a current CA), and check this machine's clock."),
        NOT_YET_VALID("Check this machine's clock."),
        WRONG_NAME("Connect by a name that it holds, or set `sign-for` to the RDS endpoint behind this name."),
        WEAK("Let the server have a certificate of a newer CA (on RDS: rds-ca-rsa2048-g1 or later)."),
        NOT_TLS("Check that host and port lead to the database itself and that TLS is switched on there."),
        CLOSED("The server, or a balancer before it, may not speak TLS or may have no backend that is up."),
        NO_COMMON_PROTOCOL("TLS 1.2 or 1.3 is needed: let the server, or a balancer before it, offer one of them;"
                + " a runtime of Java 21 or older that was made with jlink needs its module jdk.crypto.ec."),
        OTHER("Look at the cause.");

        private final String remedy;

        Kind(String remedy) {
            this.remedy = remedy;
        }

        /** One sentence: what the person can do. */
        public String remedy() {
            return remedy;
        }

        String mark() {
            return "[rds-agent " + name().toLowerCase(Locale.ROOT).replace('_', '-') + "]";
        }
    }

    private final Kind kind;
    private final String sentence;

    private TlsFailure(Kind kind, String sentence) {
        this.kind = kind;
        this.sentence = sentence;
    }

    /**
     * Looks through the causes.
     *
     * @param failure may be null
     * @return null if nothing in it comes from TLS
     */
    public static TlsFailure of(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<Throwable, Boolean>());
        TlsFailure found = null;
        for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
            TlsFailure here = read(t);
            found = here == null || (found != null && here.kind == Kind.OTHER) ? found : here;
        }
        return found;
    }

    public Kind kind() {
        return kind;
    }

    /** One sentence: what happened. */
    public String sentence() {
        return sentence;
    }

    /** One sentence: what the person can do. */
    public String remedy() {
        return kind.remedy();
    }

    @Override
    public String toString() {
        return sentence + " " + remedy();
    }

    private static TlsFailure read(Throwable t) {
        String message = String.valueOf(t.getMessage());
        if (t instanceof CertificateException) {
            return refused(message);
        }
        return t instanceof SSLException ? handshake((SSLException) t, message) : null;
    }

    private static TlsFailure refused(String message) {
        for (Kind kind : Kind.values()) {
            int end = message.indexOf(" " + kind.remedy() + " " + kind.mark());
            if (end >= 0) {
                return new TlsFailure(kind, message.substring(0, end));
            }
        }
        return other(message);
    }

    /** The texts are the JDK's, from 8 to 25; it has no types for them. */
    private static TlsFailure handshake(SSLException e, String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("unrecognized ssl message") || lower.contains("plaintext connection")) {
            return new TlsFailure(Kind.NOT_TLS, "The server answered in plain text where TLS was expected.");
        }
        if (e.getCause() instanceof EOFException || lower.contains("closed connection during handshake")) {
            return new TlsFailure(Kind.CLOSED, "The server closed the connection during the TLS handshake.");
        }
        if (lower.contains("protocol_version") || lower.contains("handshake_failure")) {
            return new TlsFailure(
                    Kind.NO_COMMON_PROTOCOL, "The server and this JVM have no TLS version or cipher in common.");
        }
        return other(message);
    }

    private static TlsFailure other(String message) {
        return new TlsFailure(Kind.OTHER, "The TLS handshake failed: " + message + ".");
    }
}
