package io.rdsagent.tls;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The bundled roots, one resource for each region: parsing all of them takes tens of milliseconds of an application's
 * start, three of them next to nothing.
 */
final class Roots {

    private static final String PROXY = "proxy";
    private static final Pattern LINE = Pattern.compile("\\R");

    static List<X509Certificate> ofAllRegions() {
        List<X509Certificate> all = new ArrayList<>();
        for (String region : regions()) {
            all.addAll(read(region));
        }
        return Collections.unmodifiableList(all);
    }

    /** Those of all regions, if the region has none of its own here: it may be newer than the bundle. */
    static List<X509Certificate> of(String region) {
        return regions().contains(region) ? Collections.unmodifiableList(read(region)) : ofAllRegions();
    }

    /** Amazon's public roots: RDS Proxy has its certificates from AWS Certificate Manager. */
    static List<X509Certificate> ofProxies() {
        return Collections.unmodifiableList(read(PROXY));
    }

    static List<String> regions() {
        return Arrays.asList(LINE.split(resource("regions.txt").trim()));
    }

    private static List<X509Certificate> read(String name) {
        try {
            return Pem.certificates(resource(name + ".pem"));
        } catch (CertificateException e) {
            throw new IllegalStateException(
                    "The bundled roots for " + name + " are damaged; use another copy of the jar.", e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Roots.class.getResourceAsStream("roots/" + name)) {
            if (in == null) {
                throw new FileNotFoundException("io/rdsagent/tls/roots/" + name + " is missing from the jar");
            }
            return Pem.read(in);
        } catch (IOException e) {
            throw new UncheckedIOException("The bundled RDS roots cannot be read; use another copy of the jar.", e);
        }
    }

    private Roots() {}
}
