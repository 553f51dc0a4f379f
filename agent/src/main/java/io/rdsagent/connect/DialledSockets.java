package io.rdsagent.connect;

import io.rdsagent.config.HostPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import javax.net.SocketFactory;

/**
 * The driver's sockets, seen as they are made; where another address is to be dialled than the one the driver knows,
 * they come connected already. A driver keeps this for as long as the connection lives, to send a cancel the same way.
 */
final class DialledSockets extends SocketFactory {

    /** What a driver waits by default for a connection; it has no chance to say to a factory what it was told. */
    private static final int CONNECT_MILLIS = 10_000;

    private final SocketFactory drivers;
    private final HostPort elsewhere;
    private final Sight sight;

    interface Sight {
        void of(Socket made) throws IOException;
    }

    /** @param elsewhere the address to dial; null for the one that the driver knows */
    DialledSockets(SocketFactory drivers, HostPort elsewhere, Sight sight) {
        this.drivers = drivers;
        this.elsewhere = elsewhere;
        this.sight = sight;
    }

    @Override
    public Socket createSocket() throws IOException {
        Socket socket = drivers.createSocket();
        if (elsewhere != null && socket.getClass() == Socket.class) {
            socket = new ConnectedOnce();
        }
        sight.of(socket);
        if (elsewhere != null && !socket.isConnected()) {
            connect(socket);
        }
        return socket;
    }

    private void connect(Socket socket) throws IOException {
        try {
            socket.connect(new InetSocketAddress(elsewhere.host(), elsewhere.port()), CONNECT_MILLIS);
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return drivers.createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        return drivers.createSocket(host, port, localHost, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return drivers.createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        return drivers.createSocket(address, port, localAddress, localPort);
    }

    /** pgjdbc 9.4 connects what it is given whether it is connected or not. */
    private static final class ConnectedOnce extends Socket {

        @Override
        public void connect(SocketAddress address, int timeoutMillis) throws IOException {
            if (!isConnected()) {
                super.connect(address, timeoutMillis);
            }
        }
    }
}
