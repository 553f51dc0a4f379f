package io.rdsagent.it.balancers;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.it.credentials.DnsStub;
import io.rdsagent.it.matrix.Relay;
import io.rdsagent.localrds.LocalRds;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What stands between the application and its databases. */
enum Way {
    HAPROXY("HAProxy"),
    NGINX("nginx"),
    RELAY("a TCP relay"),
    FORWARD("a forwarded port"),
    ALIAS("an alias");

    private static final String ALIAS_NAME = "orders.corp.example";

    final String title;

    Way(String title) {
        this.title = title;
    }

    /** Whether it knows several servers, and closes by itself what lies idle. */
    boolean isBalancer() {
        return this == HAPROXY || this == NGINX;
    }

    boolean isInstalled() {
        return !isBalancer()
                || Stream.of("/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/")
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder + name().toLowerCase(Locale.ROOT))));
    }

    /** @param idle the balancer's timeout in seconds; 0 for what its file says */
    Opened open(LocalRds rds, boolean postgres, int idle, Path folder) throws Exception {
        InetSocketAddress server = new InetSocketAddress(rds.node(1).address(), rds.port());
        String one = name(rds, 1);
        switch (this) {
            case HAPROXY -> {
                BalancerProcess haproxy = BalancerProcess.haproxy(rds, postgres, idle, folder);
                return new Opened(haproxy.host(), one + "," + name(rds, 2), Map.of(), rds.hostsFile(), haproxy);
            }
            case NGINX -> {
                BalancerProcess nginx = BalancerProcess.nginx(rds, postgres, idle, folder);
                return new Opened(nginx.host(), one + "," + name(rds, 2), Map.of(), rds.hostsFile(), nginx);
            }
            case RELAY -> {
                Relay relay = Relay.from("127.0.0.1", server);
                return new Opened(relay.host(), one, Map.of(), rds.hostsFile(), relay);
            }
            case FORWARD -> {
                Relay relay = Relay.from("127.0.0.1", server);
                Path hosts = withName(rds, folder, "localhost", "127.0.0.1");
                return new Opened(relay.host().replace("127.0.0.1", "localhost"), one, Map.of(), hosts, relay);
            }
            default -> {
                DnsStub dns = new DnsStub(Map.of(ALIAS_NAME, rds.node(1).host()));
                Path hosts = withName(rds, folder, ALIAS_NAME, rds.node(1).address());
                return new Opened(
                        ALIAS_NAME + ":" + rds.port(), null, Map.of("dns.server", dns.address()), hosts, dns::close);
            }
        }
    }

    private static Path withName(LocalRds rds, Path folder, String name, String address) throws Exception {
        return Files.writeString(
                folder.resolve("hosts"), Files.readString(rds.hostsFile()) + address + " " + name + "\n");
    }

    private static String name(LocalRds rds, int node) {
        return rds.node(node).host() + ":" + rds.port();
    }

    /**
     * One that is there.
     *
     * @param host as a URL names it
     * @param signFor null where DNS says it
     */
    record Opened(String host, String signFor, Map<String, String> settings, Path hostsFile, Closeable closeable)
            implements Closeable {

        ForkedJvm.Builder set(ForkedJvm.Builder jvm) {
            jvm.set("db.orders.match", host).option("-Djdk.net.hosts.file=" + hostsFile);
            settings.forEach(jvm::set);
            return signFor == null ? jvm : jvm.set("db.orders.sign-for", signFor);
        }

        @Override
        public void close() throws IOException {
            closeable.close();
        }
    }
}
