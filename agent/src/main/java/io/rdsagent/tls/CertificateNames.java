package io.rdsagent.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whom a certificate is for: its alternative names; those of a certificate without any are none, as the subject does not
 * count.
 */
public final class CertificateNames {

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    private CertificateNames() {}

    /**
     * Whether a server that shows it is this host: by the whole name, or with a star for all of the first label.
     *
     * @see <a href="https://www.rfc-editor.org/rfc/rfc6125#section-6.4">RFC 6125, 6.4</a>
     */
    public static boolean holds(X509Certificate certificate, String host) {
        return holds(of(certificate), host);
    }

    /** @param names those in a certificate */
    public static boolean holds(Set<String> names, String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        int dot = wanted.indexOf('.');
        String starred = dot > 0 && wanted.indexOf('.', dot + 1) > 0 ? "*" + wanted.substring(dot) : wanted;
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals(wanted) || lower.equals(starred)) {
                return true;
            }
        }
        return false;
    }

    public static Set<String> of(X509Certificate certificate) {
        Set<String> names = new TreeSet<>();
        try {
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> name : alternatives) {
                    if (name.get(0).equals(DNS_NAME) || name.get(0).equals(IP_ADDRESS)) {
                        names.add(String.valueOf(name.get(1)));
                    }
                }
            }
        } catch (CertificateParsingException e) {
            names.add("(unreadable)");
        }
        return names;
    }
}
