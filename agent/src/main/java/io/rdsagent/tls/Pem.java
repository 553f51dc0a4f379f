package io.rdsagent.tls;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificates in a PEM text; what stands around the blocks is commentary. */
final class Pem {

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    private static final Pattern BLOCK = Pattern.compile(BEGIN + "([A-Za-z0-9+/=\\s]*)" + END);

    /** Empty if there is no block; throws CertificateException if one holds no certificate or is cut off. */
    static List<X509Certificate> certificates(String text) throws CertificateException {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            certificates.add(certificate(factory, block.group(1)));
        }
        if (certificates.size() != text.split(BEGIN, -1).length - 1) {
            throw new CertificateException("a certificate is cut off or holds characters that PEM does not have");
        }
        return certificates;
    }

    static String text(List<X509Certificate> certificates) throws CertificateException {
        Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            String block = base64.encodeToString(certificate.getEncoded());
            pem.append(BEGIN)
                    .append('\n')
                    .append(block)
                    .append('\n')
                    .append(END)
                    .append('\n');
        }
        return pem.toString();
    }

    static String read(InputStream in) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            bytes.write(buffer, 0, n);
        }
        return new String(bytes.toByteArray(), StandardCharsets.ISO_8859_1);
    }

    private static X509Certificate certificate(CertificateFactory factory, String base64) throws CertificateException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
        } catch (IllegalArgumentException e) {
            throw new CertificateException("a certificate is not Base64", e);
        }
    }

    private Pem() {}
}
