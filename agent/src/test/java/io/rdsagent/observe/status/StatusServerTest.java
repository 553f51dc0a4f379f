package io.rdsagent.observe.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rdsagent.given.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusServerTest {

    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new ArrayList<>();
    private final VirtualTime time = new VirtualTime();
    private volatile String metrics = "rdsagent_connects_seconds_count 1\n";
    private StatusServer server;
    private Thread thread;

    @BeforeEach
    void start() throws IOException {
        server = open(0);
        thread = new Thread(server, "status-server-of-the-test");
        thread.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        thread.join(10_000);
        for (Socket socket : open) {
            socket.close();
        }
        assertThat(thread.isAlive()).isFalse();
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/page.js", "/page.css", "/health", "/health/live", "/status", "/metrics"})
    void whatThereIsIsServed(String path) throws IOException {
        assertThat(ask("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Cache-Control: no-store", "Content-Security-Policy: default-src 'none'");
    }

    @Test
    void aHeadOfARequestGetsTheHeadOfAnAnswer() throws IOException {
        assertThat(ask("HEAD /metrics HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Length: " + metrics.length())
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE"})
    void nothingButReadingIsAllowed(String method) throws IOException {
        assertThat(ask(method + " /status HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"))
                .startsWith("HTTP/1.1 405 ")
                .contains("Allow: GET, HEAD\r\n");
    }

    @Test
    void whatThereIsNotIsSaid() throws IOException {
        assertThat(ask("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 404 ")
                .contains("/health/live");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example"})
    void aNameFromSomebodysDnsIsRefusedSoThatNoPageOfTheirsReadsTheAnswer(String host) throws IOException {
        assertThat(ask("GET /status HTTP/1.1\r\nHost: " + host + "\r\n\r\n")).startsWith("HTTP/1.1 403 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:8080", "[::1]:8080", "10.1.2.3"})
    void whoAsksByAddressIsAnswered(String host) throws IOException {
        assertThat(ask("GET /status HTTP/1.1\r\nhost: " + host + "\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET /status\r\n\r\n",
                "GET  /status HTTP/1.1\r\n\r\n",
                "get /status HTTP/1.1\r\n\r\n",
                "GET status HTTP/1.1\r\n\r\n",
                "GET /status HTTP/2.0\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\n",
                "\u0016\u0003\u0001\u0000\u00a5\u0001\r\n\r\n"
            })
    void whatIsNoRequestIsRefused(String nonsense) throws IOException {
        assertThat(ask(nonsense)).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void aRequestWithoutEndIsCutOff() throws IOException {
        assertThat(ask("GET /status HTTP/1.1\r\nX: " + "x".repeat(9000))).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void noNoiseEndsTheServer() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[random.nextInt(2000)];
            random.nextBytes(noise);
            try (Socket socket = connect()) {
                socket.getOutputStream().write(noise);
                if (i % 2 == 0) {
                    socket.setSoLinger(true, 0);
                }
            } catch (SocketException refused) {
                // The server had heard enough.
            }
            others(i);
        }
        assertThat(ask("GET /health HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void oneThatSendsByteByByteIsAnsweredWhenItIsDone() throws IOException {
        Socket socket = connect();
        for (byte b : "GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
            socket.getOutputStream().write(b);
        }
        assertThat(all(socket)).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void anAnswerLargerThanAnyBufferArrivesWhole() throws IOException {
        metrics = "x".repeat(8_000_000) + "\n";

        assertThat(ask("GET /metrics HTTP/1.1\r\n\r\n")).hasSizeGreaterThan(8_000_000);
    }

    @Test
    void aThousandWhoSayNothingKeepNobodyWaitingAndAreHungUpOn() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            Socket socket = connect();
            socket.getOutputStream().write('G');
            slow.add(socket);
            others(i);
        }

        assertThat(ask("GET /health HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        time.pass(Duration.ofSeconds(5));
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            slow.removeIf(StatusServerTest::isHungUp);
            return slow.isEmpty();
        });
    }

    @Test
    void whoNeverReadsItsAnswerKeepsNobodyWaiting() throws IOException {
        metrics = "x".repeat(8_000_000) + "\n";
        for (int i = 0; i < 100; i++) {
            connect().getOutputStream().write("GET /metrics HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            others(i);
        }

        assertThat(ask("GET /health HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
    }

    /**
     * Somebody asks in between and is answered. Without it the kernel's queue of connections overflows, and tries again only
     * after a second.
     */
    private void others(int i) throws IOException {
        if (i % 32 == 31) {
            assertThat(ask("GET /health HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aPortThatIsTakenIsSaid() {
        assertThatThrownBy(() -> open(server.port())).isInstanceOf(BindException.class);
    }

    private StatusServer open(int port) throws IOException {
        Report report = new Report("1.0", time, List::of, new Readiness(time, List::of), new History(time));
        return StatusServer.open(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                new Pages(report, () -> metrics, time, true),
                time,
                (where, fault) -> faults.add(where + ": " + fault));
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
        open.add(socket);
        return socket;
    }

    private String ask(String request) throws IOException {
        Socket socket = connect();
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return all(socket);
    }

    private static String all(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    private static boolean isHungUp(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException stillOpen) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
