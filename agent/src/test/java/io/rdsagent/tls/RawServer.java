package io.rdsagent.tls;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Answers a client's first bytes with these and closes, whatever was said. */
final class RawServer implements AutoCloseable {

    private final ServerSocket server;

    RawServer(byte[] answer) throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> answerOne(answer), "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    private void answerOne(byte[] answer) {
        try (Socket client = server.accept()) {
            client.setSoTimeout(10_000);
            client.getInputStream().read(new byte[16_384]);
            client.getOutputStream().write(answer);
        } catch (IOException closed) {
            // The test is over.
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
