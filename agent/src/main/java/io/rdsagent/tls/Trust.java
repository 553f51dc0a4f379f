package io.rdsagent.tls;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Whose signature under a server's certificate counts. Make one and keep it: its TLS sessions are resumed by later
 * connections, which saves them a round trip and a verification.
 */
public final class Trust {

    private final List<X509Certificate> roots;
    private final SSLContext context;

    private Trust(List<X509Certificate> roots, SSLContext context) {
        this.roots = roots;
        this.context = context;
    }

    /** The roots of RDS in all regions; takes tens of milliseconds. */
    public static Trust rdsRoots() {
        return bundled(Roots.ofAllRegions());
    }

    /** The roots of RDS in one region, or in all of them, which may not help, without {@link #hasRdsRoots}. */
    public static Trust rdsRoots(String region) {
        return bundled(Roots.of(region));
    }

    /** Whether the bundle holds this region's own roots; if not, its servers need {@code tls.ca}. */
    public static boolean hasRdsRoots(String region) {
        return Roots.regions().contains(region);
    }

    /** Amazon's public roots, for RDS Proxy. They sign for anybody: without the name they prove little. */
    public static Trust proxyRoots() {
        return bundled(Roots.ofProxies());
    }

    /**
     * The certificates in a PEM file, and no others.
     *
     * @throws TrustException if the file cannot be read or holds no usable certificate
     */
    public static Trust of(File pem) throws TrustException {
        return of(pem, certificates(pem));
    }

    /** Anybody: the stream is encrypted, but nobody knows for whom. Only for a person who asked for just that. */
    public static Trust none() {
        try {
            return new Trust(Collections.<X509Certificate>emptyList(), context(new TrustsAnybody()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no TLS.", e);
        }
    }

    /**
     * Makes TLS 1.2 or 1.3 sockets; a handshake that fails for want of trust says why, see {@link TlsFailure}.
     *
     * @param verifyHostName whether the certificate must hold the host that {@code createSocket} is given
     * @throws IllegalStateException if a name is to be verified on the word of anybody
     */
    public SSLSocketFactory socketFactory(boolean verifyHostName) {
        if (verifyHostName && roots.isEmpty()) {
            throw new IllegalStateException("A name that anybody may certify cannot be verified.");
        }
        return new TlsSocketFactory(context.getSocketFactory(), verifyHostName, made -> {});
    }

    /**
     * The same without the name, which is then to be verified with {@link CertificateNames}.
     *
     * @param sight shown each socket before its handshake
     */
    public SSLSocketFactory socketFactory(Consumer<SSLSocket> sight) {
        return new TlsSocketFactory(context.getSocketFactory(), false, sight);
    }

    /** Empty for {@link #none()}. */
    public List<X509Certificate> roots() {
        return roots;
    }

    /** The roots as PEM text, for a driver that takes nothing else; empty for {@link #none()}. */
    public String pem() {
        try {
            return Pem.text(roots);
        } catch (CertificateException e) {
            throw new IllegalStateException("A root that was parsed cannot be written.", e);
        }
    }

    private static Trust bundled(List<X509Certificate> roots) {
        try {
            return new Trust(roots, context(verifier(roots)));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("This JVM cannot verify certificates.", e);
        }
    }

    private static Trust of(File pem, List<X509Certificate> certificates) throws TrustException {
        try {
            return new Trust(certificates, context(verifier(certificates)));
        } catch (GeneralSecurityException | IOException e) {
            throw new TrustException(sentence(pem, "is refused by this JVM: " + e.getMessage()), e);
        }
    }

    private static List<X509Certificate> certificates(File pem) throws TrustException {
        try (InputStream in = new FileInputStream(pem)) {
            List<X509Certificate> certificates = Pem.certificates(Pem.read(in));
            if (certificates.isEmpty()) {
                throw new TrustException(sentence(pem, "holds no certificate"), null);
            }
            return Collections.unmodifiableList(certificates);
        } catch (IOException e) {
            throw new TrustException(sentence(pem, "cannot be read: " + e.getMessage()), e);
        } catch (CertificateException e) {
            throw new TrustException(sentence(pem, "cannot be parsed: " + e.getMessage()), e);
        }
    }

    private static String sentence(File pem, String what) {
        return "The file of trusted certificates " + pem + " " + what + "."
                + " `tls.ca` must name a PEM file with at least one BEGIN CERTIFICATE block; without `tls.ca` the bundled"
                + " RDS roots are used.";
    }

    private static TrustManager verifier(List<X509Certificate> roots) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (int i = 0; i < roots.size(); i++) {
            store.setCertificateEntry("root-" + i, roots.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        for (TrustManager manager : factory.getTrustManagers()) {
            if (manager instanceof X509ExtendedTrustManager) {
                return new ExplainedTrust((X509ExtendedTrustManager) manager);
            }
        }
        throw new GeneralSecurityException("this JVM has no X.509 trust manager that verifies names");
    }

    private static SSLContext context(TrustManager manager) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {manager}, null);
        return context;
    }
}
