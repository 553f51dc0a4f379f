package io.rdsagent.localrds;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Stands before a server that cannot have tokens verified: speaks TLS, asks for the token in clear text, has it verified, and
 * pipes the session to the server, which trusts whoever comes from here. How that is said is the session's matter.
 */
final class Gate implements Front, AutoCloseable {

    private static final int BACKLOG = 128;

    private final String node;
    private final InetSocketAddress address;
    private final InetSocketAddress backend;
    private final Optional<SSLSocketFactory> tls;
    private final Doorman doorman;
    private final Language language;
    private final Set<Closeable> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads;

    /** What is spoken at the gate. */
    interface Language {
        Runnable session(Gate gate, Socket client);
    }

    private ServerSocket listener;
    private boolean frozen;

    /**
     * A gate that is closed at first.
     *
     * @param tls makes the server's side of TLS; empty if the gate shall speak none
     * @param language makes one client's session
     */
    Gate(
            String node,
            InetSocketAddress address,
            InetSocketAddress backend,
            Optional<SSLSocketFactory> tls,
            Doorman doorman,
            Language language) {
        this.node = node;
        this.address = address;
        this.backend = backend;
        this.tls = tls;
        this.doorman = doorman;
        this.language = language;
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "gate-" + node);
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public synchronized void open() throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(address, BACKLOG);
        listener = opened;
        threads.execute(() -> acceptUntilClosed(opened));
    }

    private void acceptUntilClosed(ServerSocket opened) {
        while (!opened.isClosed()) {
            try {
                awaitThaw();
                Socket client = remember(opened.accept());
                threads.execute(() -> language.session(this, client).run());
            } catch (IOException e) {
                // The listener was closed, or the client went away before it was accepted.
            }
        }
    }

    @Override
    public synchronized void close() {
        thaw();
        sockets.forEach(Gate::closeQuietly);
        sockets.clear();
        if (listener != null) {
            closeQuietly(listener);
        }
    }

    @Override
    public synchronized void freeze() {
        frozen = true;
    }

    @Override
    public synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    /** Returns at once, unless the node is frozen. */
    synchronized void awaitThaw() throws IOException {
        try {
            while (frozen) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while the node was frozen", e);
        }
    }

    SSLSocket speakTls(Socket plain) throws IOException {
        SSLSocket secured = (SSLSocket) tls.orElseThrow().createSocket(plain, null, plain.getPort(), true);
        secured.setUseClientMode(false);
        remember(secured);
        secured.startHandshake();
        return secured;
    }

    <T extends Closeable> T remember(T socket) {
        sockets.add(socket);
        return socket;
    }

    void forget(Closeable socket) {
        sockets.remove(socket);
        closeQuietly(socket);
    }

    String node() {
        return node;
    }

    Doorman doorman() {
        return doorman;
    }

    boolean speaksTls() {
        return tls.isPresent();
    }

    ExecutorService threads() {
        return threads;
    }

    Socket dialBackend() throws IOException {
        Socket socket = remember(new Socket());
        socket.connect(backend);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            // It is gone already, which is what was wanted.
            return;
        }
    }
}
