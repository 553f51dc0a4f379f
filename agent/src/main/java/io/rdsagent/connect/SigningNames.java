package io.rdsagent.connect;

import io.rdsagent.config.HostPort;
import io.rdsagent.tls.CertificateNames;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * Several instances behind one address: which of them has answered, its certificate tells, and only then there is a name
 * to sign for. Nothing is remembered from one connect to the next, since a balancer may send each to another.
 */
final class SigningNames {

    private final List<HostPort> names;
    private volatile SSLSocket made;

    /** @param names at least one */
    SigningNames(List<HostPort> names) {
        this.names = names;
    }

    /** To be shown each socket that the login makes TLS with. */
    void made(SSLSocket socket) {
        made = socket;
    }

    /**
     * @param given the socket that the driver would send the password by; null where it doesn't show it
     * @throws SQLException when it is none of them, or not known yet
     */
    HostPort answering(SSLSocket given) throws SQLException {
        X509Certificate certificate = certificate(given == null ? made : given);
        for (HostPort name : names) {
            if (CertificateNames.holds(certificate, name.host())) {
                return name;
            }
        }
        throw refusal("The certificate that answers holds the names " + CertificateNames.of(certificate)
                + ", none of which is in `sign-for` ("
                + names.stream().map(HostPort::host).collect(Collectors.joining(", "))
                + "), so no token was sent. Add the RDS endpoint behind this address to `sign-for`; or, if these are a"
                + " balancer's own names, TLS ends before the database: let it pass TLS through.");
    }

    private static X509Certificate certificate(SSLSocket secured) throws SQLException {
        try {
            if (secured != null) {
                Certificate first = secured.getSession().getPeerCertificates()[0];
                if (first instanceof X509Certificate) {
                    return (X509Certificate) first;
                }
            }
        } catch (SSLPeerUnverifiedException unknown) {
            // As without.
        }
        throw refusal(
                "`sign-for` holds several names, and this driver wants the password before the server has shown by"
                        + " its certificate which of them it is. No token was sent. Set `sign-for` to one name, or use a version"
                        + " of the driver that the manual lists.");
    }

    private static SQLException refusal(String text) {
        return new SQLException(text, Outcomes.NO_CONNECTION);
    }
}
