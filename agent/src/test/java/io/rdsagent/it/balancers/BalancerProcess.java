package io.rdsagent.it.balancers;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** HAProxy or nginx as a child of the test, with the file that the manual shows: only addresses, ports and times differ. */
final class BalancerProcess implements Closeable {

    private static final Path FILES = Path.of("..", "src", "site", "resources", "balancers");
    private static final String INSTANCE = "orders-%d.abc123xyz.eu-west-1.rds.amazonaws.com:";

    private final Process process;
    private final int port;
    private final Path log;

    private BalancerProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** @param idle its timeout for a connection on which nothing is said, in seconds; 0 for the file's own */
    static BalancerProcess haproxy(LocalRds rds, boolean postgres, int idle, Path folder) throws Exception {
        int port = freePort();
        String text = instances(text("haproxy.cfg"), rds, postgres)
                .replace("bind :" + ours(postgres), "bind 127.0.0.1:" + port)
                .replace("bind :" + other(postgres), "bind 127.0.0.1:" + freePort());
        Path file =
                Files.writeString(folder.resolve("haproxy.cfg"), idle == 0 ? text : text.replace("10m", idle + "s"));
        return start(port, folder, "haproxy", "-db", "-f", file.toString());
    }

    /** It makes TLS with the client by itself, as a person may have set it up who knows it from HTTP. */
    static BalancerProcess haproxyThatEndsTls(LocalRds rds, Path certificate, Path folder) throws Exception {
        int port = freePort();
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), """
                defaults
                    mode tcp
                    timeout connect 5s
                    timeout client 10s
                    timeout server 10s
                listen database
                    bind 127.0.0.1:%d ssl crt %s
                    server one %s:%d
                """.formatted(
                        port, certificate, rds.node(1).address(), rds.port()));
        return start(port, folder, "haproxy", "-db", "-f", file.toString());
    }

    static BalancerProcess nginx(LocalRds rds, boolean postgres, int idle, Path folder) throws Exception {
        int port = freePort();
        String text = instances(text("nginx.conf"), rds, postgres)
                .replace("listen " + ours(postgres), "listen 127.0.0.1:" + port)
                .replace("listen " + other(postgres), "listen 127.0.0.1:" + freePort());
        return nginx(port, idle == 0 ? text : text.replace("10m", idle + "s"), folder);
    }

    static BalancerProcess nginxThatEndsTls(LocalRds rds, Path certificate, Path folder) throws Exception {
        int port = freePort();
        return nginx(
                port, """
                include /etc/nginx/modules-enabled/50-mod-stream.conf;
                events {}
                stream {
                    server {
                        listen 127.0.0.1:%d ssl;
                        ssl_certificate %s;
                        ssl_certificate_key %s;
                        proxy_pass %s:%d;
                    }
                }
                """.formatted(port, certificate, certificate, rds.node(1).address(), rds.port()), folder);
    }

    private static BalancerProcess nginx(int port, String text, Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("nginx.conf"), text);
        String own = "daemon off; pid " + folder.resolve("nginx.pid") + "; error_log stderr;";
        return start(port, folder, "nginx", "-e", "stderr", "-c", file.toString(), "-g", own);
    }

    private static BalancerProcess start(int port, Path folder, String... command) throws IOException {
        Path log = folder.resolve(command[0] + ".log");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().merge("PATH", "/usr/sbin", (path, sbin) -> path + ":" + sbin);
        BalancerProcess started = new BalancerProcess(builder.start(), port, log);
        Awaitility.await(command[0])
                .atMost(Duration.ofSeconds(20))
                .until(() -> started.answers() || !started.process.isAlive());
        if (!started.process.isAlive()) {
            throw new AssertionError(command[0] + " ended:\n" + started.said());
        }
        return started;
    }

    /** The servers of the engine in question are there, the other's are not. */
    private static String instances(String text, LocalRds rds, boolean postgres) {
        String result = text;
        for (Node node : rds.nodes()) {
            String instance = INSTANCE.formatted(rds.nodes().indexOf(node) + 1);
            result = result.replace(instance + ours(postgres), node.address() + ":" + node.port());
        }
        return result.replaceAll("orders-\\d[a-z0-9.-]*:\\d+", "127.0.0.1:1");
    }

    private static int ours(boolean postgres) {
        return postgres ? 5432 : 3306;
    }

    private static int other(boolean postgres) {
        return ours(!postgres);
    }

    static String text(String file) {
        try {
            return Files.readString(FILES.resolve(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** As a URL names it. */
    String host() {
        return "127.0.0.1:" + port;
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.onExit().get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException notInTime) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
