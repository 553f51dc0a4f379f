package io.rdsagent.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Narrows each socket to TLS 1.2 and later and, if wanted, has the JDK verify the host as HTTPS does (RFC 2818). */
final class TlsSocketFactory extends SSLSocketFactory {

    private static final List<String> MODERN = Arrays.asList("TLSv1.3", "TLSv1.2");

    private final SSLSocketFactory jdk;
    private final boolean verifyHostName;
    private final Consumer<SSLSocket> sight;

    /** @param sight shown each socket before its handshake */
    TlsSocketFactory(SSLSocketFactory jdk, boolean verifyHostName, Consumer<SSLSocket> sight) {
        this.jdk = jdk;
        this.verifyHostName = verifyHostName;
        this.sight = sight;
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        return narrowed(jdk.createSocket(plain, host, port, autoClose));
    }

    @Override
    public Socket createSocket() throws IOException {
        return narrowed(jdk.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return narrowed(jdk.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return narrowed(jdk.createSocket(host, port, localHost, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return narrowed(jdk.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        return narrowed(jdk.createSocket(host, port, localHost, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return jdk.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return jdk.getSupportedCipherSuites();
    }

    /** SNI needs nothing here: the JDK sends the host that the socket was made for, if it is a name with a dot in it. */
    private Socket narrowed(Socket socket) {
        SSLSocket tls = (SSLSocket) socket;
        SSLParameters parameters = tls.getSSLParameters();
        List<String> protocols = new ArrayList<>(MODERN);
        protocols.retainAll(Arrays.asList(tls.getSupportedProtocols()));
        parameters.setProtocols(protocols.toArray(new String[0]));
        if (verifyHostName) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        tls.setSSLParameters(parameters);
        sight.accept(tls);
        return tls;
    }
}
