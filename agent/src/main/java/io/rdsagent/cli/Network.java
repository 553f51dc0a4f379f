package io.rdsagent.cli;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.config.TlsMode;
import io.rdsagent.connect.Trusts;
import io.rdsagent.driver.WireLogin;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.event.Events;
import io.rdsagent.tls.TlsFailure;
import io.rdsagent.tls.TrustException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** From the name to a connection that is encrypted and whose server is known. */
final class Network implements AutoCloseable {

    private static final int MILLIS = 5000;
    private static final int DNS_NAME = 2;

    private final DatabaseConfig database;
    private final Endpoint endpoint;
    private final Signature signature;
    private final WireLogin wire;
    private final Clock clock;
    private InetAddress address;
    private Socket socket;
    private SSLSocket secured;

    Network(JdbcTarget target, DatabaseConfig database, Endpoint endpoint, Signature signature, Clock clock) {
        this.database = database;
        this.endpoint = endpoint;
        this.signature = signature;
        this.wire = target.dialect().wire();
        this.clock = clock;
    }

    Step name() {
        HostPort dialled = endpoint.address();
        try {
            InetAddress[] all = InetAddress.getAllByName(dialled.host());
            address = all[0];
            List<String> texts = new ArrayList<>();
            for (InetAddress each : all) {
                texts.add(each.getHostAddress());
            }
            return Step.right("name", dialled.host() + " is " + String.join(", ", texts) + kind());
        } catch (UnknownHostException unknown) {
            return Step.wrong(
                    "name",
                    "The name " + dialled.host() + " is not known here. Check it for a slip, and this host's DNS;"
                            + " private endpoints are known only inside their VPC.");
        }
    }

    private String kind() {
        RdsHostName name = RdsHostName.parse(endpoint.signingName().host());
        if (name == null) {
            return "; it is no name of RDS, so set `sign-for` to the RDS endpoint behind it";
        }
        String kind = name.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return endpoint.isDialledElsewhere()
                ? "; signed for " + endpoint.signingName() + ", " + kind
                : ", RDS's name of " + article(kind) + kind;
    }

    private static String article(String kind) {
        return kind.startsWith("i") ? "an " : "a ";
    }

    Step tcp() {
        if (address == null) {
            return Step.skipped("tcp", "there is no address");
        }
        HostPort dialled = endpoint.address();
        long began = clock.millis();
        socket = new Socket();
        try {
            socket.setSoTimeout(MILLIS);
            socket.connect(new InetSocketAddress(address, dialled.port()), MILLIS);
            return Step.right(
                    "tcp",
                    "from " + socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort() + " to "
                            + address.getHostAddress() + ":" + dialled.port() + " in " + (clock.millis() - began)
                            + " ms");
        } catch (IOException failure) {
            return Step.wrong(
                    "tcp",
                    address.getHostAddress() + ":" + dialled.port() + " does not take the connection ("
                            + failure.getMessage()
                            + "). Check the port, the security group and the route, and that the database is up.");
        }
    }

    Step tls() {
        if (socket == null || !socket.isConnected()) {
            return Step.skipped("tls", "there is no connection");
        }
        HostPort name = endpoint.signingName();
        TlsMode mode = database.tls();
        try {
            secured = wire.secure(
                    socket,
                    new Trusts(new Events() {})
                            .trust(database, mode, name.host(), signature.knownRegion())
                            .socketFactory(mode == TlsMode.VERIFY_FULL),
                    name);
            return Step.right("tls", said(secured.getSession(), mode));
        } catch (TrustException unusable) {
            return Step.wrong("tls", unusable.getMessage());
        } catch (SSLException failure) {
            return Step.wrong("tls", String.valueOf(TlsFailure.of(failure)));
        } catch (IOException failure) {
            return Step.wrong(
                    "tls",
                    "There is no TLS: " + failure.getMessage()
                            + ". Check that host and port lead to the database itself, and that a balancer before it passes TLS"
                            + " through.");
        }
    }

    private String said(SSLSession session, TlsMode mode) throws IOException {
        X509Certificate certificate = (X509Certificate) session.getPeerCertificates()[0];
        return session.getProtocol() + " " + session.getCipherSuite() + ", "
                + (mode == TlsMode.REQUIRE ? "NOT verified (`tls` is require), " : "verified, ") + "certificate of "
                + String.join(", ", certificateNames()) + " until "
                + certificate.getNotAfter().toInstant();
    }

    /** Null when there was none to see. */
    Set<String> certificateNames() {
        Set<String> names = new TreeSet<>();
        try {
            for (Certificate first : secured.getSession().getPeerCertificates()) {
                for (List<?> name : ((X509Certificate) first).getSubjectAlternativeNames()) {
                    if (name.get(0).equals(DNS_NAME)) {
                        names.add(String.valueOf(name.get(1)));
                    }
                }
                return names;
            }
        } catch (IOException | CertificateException | RuntimeException none) {
            return null;
        }
        return null;
    }

    /** The login that TLS was begun with; null when there is none to go on with. */
    WireLogin login() {
        return secured == null ? null : wire;
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
