package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Asks an endpoint for a sign of life: TCP, the protocol's request for TLS, the handshake; never a login. */
public final class Probe {

    /** How a driver's protocol turns a fresh connection into TLS. */
    public interface Handshake {
        /** @throws IOException when the server doesn't answer as a database of its kind does */
        void shake(Socket socket, HostPort signingName) throws IOException;
    }

    private final Handshake handshake;
    private final ScheduledExecutorService timer;

    /** @param handshake for databases that bring none of their own */
    public Probe(Handshake handshake, ScheduledExecutorService timer) {
        this.handshake = handshake;
        this.timer = timer;
    }

    /**
     * @param timeoutMillis bounds all of it: a server that answers one byte at a time gets no longer
     * @throws IOException when there was no sign of life
     */
    public void run(Endpoint endpoint, int timeoutMillis) throws IOException {
        run(endpoint, null, timeoutMillis);
    }

    /** @param own the handshake of the endpoint's own kind; null for the usual one */
    void run(Endpoint endpoint, Handshake own, int timeoutMillis) throws IOException {
        try (Socket socket = new Socket()) {
            AtomicBoolean late = new AtomicBoolean();
            Future<?> bound = timer.schedule(() -> cut(socket, late), timeoutMillis, TimeUnit.MILLISECONDS);
            try {
                socket.setSoTimeout(timeoutMillis);
                HostPort address = endpoint.address();
                socket.connect(new InetSocketAddress(address.host(), address.port()), timeoutMillis);
                (own == null ? handshake : own).shake(socket, endpoint.signingName());
            } catch (IOException failure) {
                throw late.get() || failure instanceof SocketTimeoutException
                        ? new IOException("no answer within " + timeoutMillis + " ms", failure)
                        : failure;
            } finally {
                bound.cancel(false);
            }
        }
    }

    private static void cut(Socket socket, AtomicBoolean late) {
        late.set(true);
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // As it should be.
        }
    }
}
