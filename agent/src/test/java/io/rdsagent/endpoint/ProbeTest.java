package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rdsagent.given.Configured;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ProbeTest {

    private static final int GENEROUS = 15_000;

    private final ScheduledThreadPoolExecutor timer = (ScheduledThreadPoolExecutor) Executors.newScheduledThreadPool(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket server;

    ProbeTest() {
        timer.setRemoveOnCancelPolicy(true);
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        timer.shutdownNow();
        if (server != null) {
            server.close();
        }
    }

    @Test
    void aServerThatAnswersTheHandshakeIsAlive() throws Exception {
        Endpoint endpoint = serving(socket -> socket.getOutputStream().write(new byte[8]));

        assertThatCode(() -> readsEightBytes().run(endpoint, GENEROUS)).doesNotThrowAnyException();
        assertThat(timer.getQueue()).as("the bound is taken back").isEmpty();
    }

    @Test
    void whereNothingListensThereIsNoSignOfLife() throws Exception {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Endpoint endpoint = Configured.endpoint("127.0.0.1:" + server.getLocalPort());
        server.close();

        assertThatThrownBy(() -> readsEightBytes().run(endpoint, GENEROUS)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aNameThatIsNotKnownIsNoSignOfLife() {
        assertThatThrownBy(() -> readsEightBytes().run(Configured.endpoint("no-such-host.invalid:5432"), GENEROUS))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void aServerThatHangsUpIsNoSignOfLife() throws Exception {
        Endpoint endpoint = serving(socket -> {});

        assertThatThrownBy(() -> readsEightBytes().run(endpoint, GENEROUS)).isInstanceOf(IOException.class);
    }

    @Test
    void aSilentServerIsGivenUpWhenTheTimeIsUp() throws Exception {
        Endpoint endpoint = serving(socket -> await());

        assertThatThrownBy(() -> readsEightBytes().run(endpoint, 200)).isInstanceOf(IOException.class);
    }

    /** Each byte comes well before the socket's own time-out, so only the bound on the whole can end it. */
    @Test
    void aServerThatAnswersAByteAtATimeGetsNoLonger() throws Exception {
        Endpoint endpoint = serving(socket -> {
            while (!over.await(50, TimeUnit.MILLISECONDS)) {
                socket.getOutputStream().write(0);
            }
        });

        assertThatThrownBy(() -> new Probe((socket, name) -> read(socket, Integer.MAX_VALUE), timer).run(endpoint, 300))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theHandshakeIsToldTheNameThatIsVerified() throws Exception {
        Endpoint served = serving(socket -> await());
        Endpoint endpoint = new Endpoint(
                served.address(), Configured.endpoint("orders.example.com:5432").address(), null);
        StringBuilder told = new StringBuilder();

        new Probe((socket, name) -> told.append(name), timer).run(endpoint, GENEROUS);

        assertThat(told).hasToString("orders.example.com:5432");
    }

    private Probe readsEightBytes() {
        return new Probe((socket, name) -> read(socket, 8), timer);
    }

    private static void read(Socket socket, int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            if (socket.getInputStream().read() < 0) {
                throw new EOFException();
            }
        }
    }

    private void await() throws InterruptedException {
        over.await();
    }

    private Endpoint serving(Service service) throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> accept(service), "probed-server");
        thread.setDaemon(true);
        thread.start();
        return Configured.endpoint("127.0.0.1:" + server.getLocalPort());
    }

    private void accept(Service service) {
        try (Socket client = server.accept()) {
            service.serve(client);
        } catch (Exception theProbeIsOver) {
            // As it should be.
        }
    }

    private interface Service {
        void serve(Socket client) throws Exception;
    }
}
