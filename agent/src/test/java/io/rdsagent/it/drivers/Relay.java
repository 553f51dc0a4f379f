package io.rdsagent.it.drivers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Passes bytes on from a port of its own, as a tunnel or a balancer does. */
final class Relay implements AutoCloseable {

    private static final byte[] LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final ServerSocket server;
    private final String host;
    private final int port;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    private Relay(ServerSocket server, String host, int port) {
        this.server = server;
        this.host = host;
        this.port = port;
    }

    static Relay to(String host, int port) throws IOException {
        return on(InetAddress.getLoopbackAddress(), host, port);
    }

    /** From [::1], where no server of the tests listens. */
    static Relay fromVersionSix(String host, int port) throws IOException {
        return on(InetAddress.getByAddress(LOOPBACK), host, port);
    }

    private static Relay on(InetAddress address, String host, int port) throws IOException {
        Relay relay = new Relay(new ServerSocket(0, 50, address), host, port);
        thread(relay::accept);
        return relay;
    }

    int port() {
        return server.getLocalPort();
    }

    int connections() {
        return connections.get();
    }

    private void accept() throws IOException {
        while (!server.isClosed()) {
            Socket from = server.accept();
            connections.incrementAndGet();
            Socket to = new Socket(host, port);
            open.addAll(List.of(from, to));
            thread(() -> pass(from, to));
            thread(() -> pass(to, from));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to;
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void thread(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // One side has hung up, or the test is over.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
