package io.rdsagent.tls;

import java.io.File;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A certificate authority for one test. */
final class TestCa {

    static final char[] PASSWORD = "test".toCharArray();
    private static final Duration YEAR = Duration.ofDays(365);

    private final AtomicLong serial = new AtomicLong(1);
    private final X500Principal name;
    private final KeyPair keys = newKeys();
    private final X509Certificate certificate;

    TestCa(String name) throws Exception {
        this.name = new X500Principal("CN=" + name);
        this.certificate =
                sign(this.name, keys, Instant.now().minus(YEAR), Instant.now().plus(YEAR), null);
    }

    X509Certificate certificate() {
        return certificate;
    }

    File writtenTo(Path directory) throws Exception {
        Path file = directory.resolve(name.getName() + ".pem");
        Files.writeString(file, Pem.text(List.of(certificate)));
        return file.toFile();
    }

    /** A server's key and certificate for these DNS names, valid now. */
    KeyStore issue(String... names) throws Exception {
        return issue(Instant.now().minus(YEAR), Instant.now().plus(YEAR), names);
    }

    KeyStore issue(Instant from, Instant until, String... names) throws Exception {
        KeyPair server = newKeys();
        GeneralName[] alternatives = Stream.of(names)
                .map(n -> new GeneralName(GeneralName.dNSName, n))
                .toArray(GeneralName[]::new);
        X509Certificate issued =
                sign(new X500Principal("CN=server"), server, from, until, new GeneralNames(alternatives));
        return keyStore(server.getPrivate(), issued);
    }

    private X509Certificate sign(
            X500Principal subject, KeyPair subjects, Instant from, Instant until, GeneralNames names) throws Exception {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                name,
                BigInteger.valueOf(serial.getAndIncrement()),
                Date.from(from),
                Date.from(until),
                subject,
                subjects.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(names == null));
        if (names != null) {
            builder.addExtension(Extension.subjectAlternativeName, false, names);
        }
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private static KeyStore keyStore(PrivateKey key, X509Certificate issued) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, PASSWORD, new Certificate[] {issued});
        return store;
    }

    private static KeyPair newKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }
}
