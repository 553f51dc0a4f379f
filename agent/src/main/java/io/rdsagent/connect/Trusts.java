package io.rdsagent.connect;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.TlsMode;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.event.Events;
import io.rdsagent.tls.Trust;
import io.rdsagent.tls.TrustException;
import java.io.File;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;

/** Whose certificates a login accepts. */
public final class Trusts {

    private static final String EVERY_REGION = "every region";
    private static final String PROXIES = "proxies";
    private static final String ANYBODY = "anybody";

    /** Kept, since a trust keeps the TLS sessions: a connect that resumes one is spared most of a handshake. */
    private final Map<String, Trust> bundled = new ConcurrentHashMap<>();

    private final Map<File, Trust> files = new ConcurrentHashMap<>();
    private final Once once;

    /** @param events told once of a region that has no roots here */
    public Trusts(Events events) {
        this(new Once(events));
    }

    Trusts(Once once) {
        this.once = once;
    }

    /**
     * @param mode as configured, or stricter
     * @param ownTrust whether the application brings its own roots
     * @param host that the certificate has to name
     * @param region null if it is not known
     * @param names by which the name is verified in place of the host; null for none
     * @return null to leave it to the driver: the application brings its own roots
     * @throws TrustException when `tls.ca` is of no use
     */
    SSLSocketFactory factory(
            DatabaseConfig config, TlsMode mode, boolean ownTrust, String host, String region, SigningNames names)
            throws TrustException {
        if (names != null) {
            return among(names, config, mode, ownTrust, host, region);
        }
        if (config.tlsCa() == null && ownTrust) {
            return null;
        }
        return trust(config, mode, host, region).socketFactory(mode == TlsMode.VERIFY_FULL);
    }

    /** A driver with the application's roots would verify one name, and show nobody which it was. */
    private SSLSocketFactory among(
            SigningNames names, DatabaseConfig config, TlsMode mode, boolean ownTrust, String host, String region)
            throws TrustException {
        if (config.tlsCa() == null && ownTrust) {
            once.warning(
                    config.name() + ": `sign-for` holds several names, among which the agent decides by the server's"
                            + " certificate. So it verifies with the RDS roots, and not with those that the application names."
                            + " If it has roots of its own, name their PEM file in `tls.ca`.");
        }
        return trust(config, mode, host, region).socketFactory(names::made);
    }

    /** @throws TrustException when `tls.ca` is of no use */
    public Trust trust(DatabaseConfig config, TlsMode mode, String host, String region) throws TrustException {
        if (mode == TlsMode.REQUIRE) {
            return bundled.computeIfAbsent(ANYBODY, wanted -> Trust.none());
        }
        if (config.tlsCa() != null) {
            return of(config.tlsCa());
        }
        RdsHostName name = RdsHostName.parse(host);
        if (name != null && name.kind() == RdsHostName.Kind.PROXY) {
            return bundled.computeIfAbsent(PROXIES, wanted -> Trust.proxyRoots());
        }
        if (region == null) {
            return bundled.computeIfAbsent(EVERY_REGION, wanted -> Trust.rdsRoots());
        }
        if (!bundled.containsKey(region) && !Trust.hasRdsRoots(region)) {
            once.warning("There are no roots for the region " + region + " in this version of the agent, so " + host
                    + " is verified with those of all other regions, and likely in vain. Set `tls.ca` to the region's"
                    + " bundle from https://truststore.pki.rds.amazonaws.com/" + region + "/" + region
                    + "-bundle.pem, or check `region`.");
        }
        return bundled.computeIfAbsent(region, Trust::rdsRoots);
    }

    private Trust of(File pem) throws TrustException {
        Trust known = files.get(pem);
        if (known != null) {
            return known;
        }
        files.putIfAbsent(pem, Trust.of(pem));
        return files.get(pem);
    }
}
