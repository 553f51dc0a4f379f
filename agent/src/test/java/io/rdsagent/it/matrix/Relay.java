package io.rdsagent.it.matrix;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A balancer that knows nothing of what it carries: what comes to its address goes to the server's, byte for byte. */
public final class Relay implements Closeable {

    private final InetSocketAddress server;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<String> clients = ConcurrentHashMap.newKeySet();

    private Relay(String address, InetSocketAddress server) throws IOException {
        this.server = server;
        this.listener = new ServerSocket(0, 50, InetAddress.getByName(address));
    }

    /** @param address a literal one of this machine's */
    public static Relay from(String address, InetSocketAddress server) throws IOException {
        Relay relay = new Relay(address, server);
        start(relay::accept);
        return relay;
    }

    /** As a URL names it. */
    public String host() {
        String address = listener.getInetAddress().getHostAddress();
        String name = address.indexOf(':') < 0 ? address : "[::1]";
        return name + ":" + listener.getLocalPort();
    }

    /** Whether a client that the server knows by this address and port came through here. */
    boolean carried(String client) {
        return clients.contains(client);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                carry(remember(listener.accept()));
            } catch (IOException gone) {
                // The relay was closed, or nobody answers behind it: so the client has lost its connection too.
            }
        }
    }

    private void carry(Socket client) throws IOException {
        try {
            Socket behind = remember(new Socket(server.getAddress(), server.getPort()));
            clients.add(behind.getLocalAddress().getHostAddress() + ":" + behind.getLocalPort());
            start(() -> pipe(client, behind));
            start(() -> pipe(behind, client));
        } catch (IOException unreachable) {
            client.close();
            throw unreachable;
        }
    }

    private Socket remember(Socket socket) {
        sockets.add(socket);
        return socket;
    }

    @SuppressWarnings("try") // Both are closed as soon as one of them ends.
    private static void pipe(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException over) {
            // One of the two has hung up.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
