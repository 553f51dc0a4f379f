package io.rdsagent.localrds;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections that nobody accepts, as many as the kernel keeps for a listener that does not run: whoever dials after them
 * gets no answer to his SYN, as behind a packet filter that drops it, and no packet filter or root is needed for that.
 */
final class Backlog implements AutoCloseable {

    /** On a loopback interface an answer comes in no time, or not at all. */
    private static final int PATIENCE_MILLIS = 250;

    private static final int MOST = 5_000;

    private final List<Socket> waiting = new ArrayList<>();

    private Backlog() {}

    /** Returns when it is full. */
    static Backlog fill(InetSocketAddress listener) {
        Backlog backlog = new Backlog();
        boolean room = true;
        while (room && backlog.waiting.size() < MOST) {
            room = backlog.add(listener);
        }
        return backlog;
    }

    private boolean add(InetSocketAddress listener) {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(listener, PATIENCE_MILLIS);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        } catch (IOException e) {
            close();
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        for (Socket socket : waiting) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone already, which is what was wanted.
            }
        }
        waiting.clear();
    }
}
