package io.rdsagent.connect;

import io.rdsagent.tls.CertificateNames;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** What was seen of the way that one login took: the ends of its socket, and how far TLS came. */
final class Way {

    /** What a socket says that has no session. */
    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";

    private volatile String from;
    private volatile String to;
    private volatile Socket plain;
    private volatile SSLSocket tls;
    private volatile boolean handshaken;

    /** A driver closes its socket before it says what failed, and then the socket has forgotten where it was. */
    void connected(Socket socket) {
        plain = socket;
        if (socket.isConnected() && !socket.isClosed()) {
            from = text(socket.getLocalSocketAddress());
            to = text(socket.getRemoteSocketAddress());
        }
    }

    void securing(Socket socket) {
        if (socket instanceof SSLSocket) {
            tls = (SSLSocket) socket;
        }
    }

    /** A password is about to be sent by it. */
    void secured(Socket socket) {
        securing(socket);
        handshaken = true;
    }

    /** Null when it was never connected, or nobody looked. */
    String from() {
        return from;
    }

    String to() {
        return to;
    }

    /** Whether the handshake was begun. */
    boolean hasBegunTls() {
        return tls != null;
    }

    /** Version and cipher; null when there was no TLS, or its handshake failed. */
    String tls() {
        SSLSession session = session();
        return session == null ? null : session.getProtocol() + " " + session.getCipherSuite();
    }

    /** The names in the server's certificate; null when it was not seen. */
    Set<String> certificateNames() {
        SSLSession session = session();
        try {
            Certificate[] chain = session == null ? new Certificate[0] : session.getPeerCertificates();
            return chain.length > 0 && chain[0] instanceof X509Certificate
                    ? CertificateNames.of((X509Certificate) chain[0])
                    : null;
        } catch (SSLPeerUnverifiedException none) {
            return null;
        }
    }

    /** Of a socket that is open and has none, the JDK would begin a handshake to get one. */
    private SSLSession session() {
        SSLSocket socket = tls;
        boolean tells = socket != null && (handshaken || (plain != null && plain.isClosed()));
        SSLSession session = tells ? socket.getSession() : null;
        return session == null || NO_CIPHER.equals(session.getCipherSuite()) ? null : session;
    }

    private static String text(SocketAddress address) {
        if (!(address instanceof InetSocketAddress) || ((InetSocketAddress) address).getAddress() == null) {
            return null;
        }
        InetSocketAddress there = (InetSocketAddress) address;
        String host = there.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + there.getPort();
    }
}
