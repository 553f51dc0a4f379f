package io.rdsagent.connect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/** Makes the TLS of one login as another factory does, and tells of its sockets. */
final class SeenTls extends SSLSocketFactory {

    private final SSLSocketFactory factory;
    private final Way way;

    SeenTls(SSLSocketFactory factory, Way way) {
        this.factory = factory;
        this.way = way;
    }

    @Override
    public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
        way.connected(plain);
        return seen(factory.createSocket(plain, host, port, autoClose));
    }

    private Socket seen(Socket socket) {
        way.securing(socket);
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return seen(factory.createSocket());
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return seen(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return seen(factory.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return seen(factory.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return seen(factory.createSocket(host, port, local, localPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return factory.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return factory.getSupportedCipherSuites();
    }
}
