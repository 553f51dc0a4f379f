package io.rdsagent.it.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.it.credentials.DnsStub;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cluster's name in the URL leads to: as the database itself tells, or the RDS API, or DNS. */
class TopologyIT {

    private static final String ALIAS = "orders.corp.example";
    private static final String STATUS = "FUNCTION pg_catalog.aurora_replica_status()";

    private static final String CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'app'";

    private static LocalRds rds;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        rds = LocalRds.builder().nodes(3).start();
        rds.admin(rds.writer(), "CREATE TABLE parcel (id int)");
        rds.admin(rds.writer(), "GRANT ALL ON parcel TO app");
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @Test
    void aReadersPoolIsSpreadOverAllReadersThoughDnsNamesOneOfThem() throws Exception {
        try (Idling application = new Idling(Idling.pool(rds, rds.readerHost(), 10))) {
            application.awaitLog(
                    "its instances are known, from SQL on the database",
                    rds.writer().name() + ".",
                    "(writer)");

            assertThat(application.tell("where"))
                    .as(application.all())
                    .isEqualTo("where {" + names(rds.readers(), "=5, ") + "=5}");
        }
    }

    @Test
    void aWritersIdlePoolMovesToTheNewWriterWhenTheRolesAreSwapped() throws Exception {
        Node old = rds.writer();
        Node next = rds.readers().get(0);
        try (Idling application = new Idling(Idling.pool(rds, rds.clusterHost(), 5))) {
            assertThat(application.tell("where")).isEqualTo("where {" + old.name() + "=5}");

            next.promoteBeforeNamesFollow();

            application.awaitLog(next.host() + ":" + rds.port() + " is the writer now", "no longer " + old.host());
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(Idling.sessions(rds, old)).isZero();
                assertThat(Idling.sessions(rds, next)).isEqualTo(5 + 1);
            });
            assertThat(application.tell("write")).as(application.all()).isEqualTo("wrote");
            assertThat(application.tell("where")).isEqualTo("where {" + next.name() + "=5}");
        } finally {
            rds.pointClusterAt(next);
        }
    }

    @Test
    void theOldWriterComesBackAsAReaderAndIsUsedAsOne() throws Exception {
        Node old = rds.writer();
        Node next = rds.readers().get(0);
        try (Idling application = new Idling(Idling.pool(rds, rds.readerHost(), 2))) {
            application.awaitLog("its instances are known");

            next.promote();
            // As a failover does; with nothing to notice it would be seen within half a minute.
            rds.nodes().forEach(node -> rds.admin(node, CUT));

            application.awaitLog(next.host() + ":" + rds.port() + " is the writer now");
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(application.tell("connect")).isEqualTo("connected to " + old.name()));
            for (int i = 0; i < 4; i++) {
                assertThat(application.tell("connect")).isNotEqualTo("connected to " + next.name());
            }
        }
    }

    @Test
    void whereTheUserMayNotAskItIsSaidAndTheUrlsNameServes() throws Exception {
        rds.admin(rds.writer(), "REVOKE EXECUTE ON " + STATUS + " FROM PUBLIC");
        try (Idling application = new Idling(Idling.pool(rds, rds.clusterHost(), 2))) {
            application.awaitLog("its instances are not known", "GRANT EXECUTE ON FUNCTION aurora_replica_status()");

            assertThat(application.tell("write")).isEqualTo("wrote");
        } finally {
            rds.admin(rds.writer(), "GRANT EXECUTE ON " + STATUS + " TO PUBLIC");
        }
    }

    @Test
    void aWriteThatIsRefusedAsReadOnlyHasItsConnectionReplaced() throws Exception {
        try (Idling application =
                new Idling(Idling.pool(rds, rds.clusterHost(), 2).set("discover", "none"))) {
            readOnly("on");
            try {
                // A session hears of the setting when it is next at rest.
                await().until(() -> application.tell("write").startsWith("not written 25006"));
                application.awaitLog("was retired, reason role lost");
            } finally {
                readOnly("off");
            }
            await().atMost(Duration.ofSeconds(5))
                    .until(() -> application.tell("write").equals("wrote"));
        }
    }

    private static void readOnly(String on) {
        rds.admin(rds.writer(), "ALTER SYSTEM SET default_transaction_read_only = " + on);
        rds.admin(rds.writer(), "SELECT pg_reload_conf()");
    }

    @Test
    void allAddressesOfANameAreUsedAndNewOnesSeenWhateverTheJvmRemembers() throws Exception {
        Map<String, List<String>> addresses =
                new ConcurrentHashMap<>(Map.of(ALIAS, List.of(rds.node(1).address())));
        try (DnsStub dns = new DnsStub(Map.of(), addresses);
                Idling application = new Idling(aliased(dns))) {
            application.awaitLog(
                    "its instances are known, from DNS: " + rds.node(1).address());
            assertThat(application.tell("connect")).isEqualTo("connected to orders-1");

            addresses.put(ALIAS, List.of(rds.node(1).address(), rds.node(2).address()));
            rds.node(1).kill();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> application.tell("connect").equals("connected to orders-2"));
        } finally {
            rds.node(1).start();
        }
    }

    private ForkedJvm.Builder aliased(DnsStub dns) throws IOException {
        Path hosts = Files.writeString(
                folder.resolve("hosts"),
                Files.readString(rds.hostsFile()) + rds.node(1).address() + " " + ALIAS + "\n");
        return Idling.pool(rds, ALIAS, 1)
                .option("-Djdk.net.hosts.file=" + hosts)
                .set("dns.server", dns.address())
                .set("discover", "dns")
                .set("match", ALIAS)
                .set("iam", "always")
                .set("sign-for", rds.readerHost() + ":" + rds.port());
    }

    @Test
    void theRdsApiIsAskedPageByPageAndAgainWhenItHasThrottled() throws Exception {
        try (RdsApiStub api = new RdsApiStub(rds)) {
            api.refuse("Throttling");
            try (Idling application = new Idling(Idling.pool(rds, rds.readerHost(), 1)
                    .set("discover", "aws")
                    .environment("AWS_ENDPOINT_URL_RDS", api.url()))) {
                application.awaitLog(
                        "its instances are known, from DescribeDBClusters",
                        rds.writer().name());

                assertThat(api.asked())
                        .containsExactly(
                                "DescribeDBClusters",
                                "DescribeDBClusters",
                                "DescribeDBInstances",
                                "DescribeDBInstances",
                                "DescribeDBInstances");
                List<String> where = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    where.add(application.tell("connect"));
                }
                assertThat(where)
                        .as(application.all())
                        .contains(
                                "connected to " + rds.readers().get(0).name(),
                                "connected to " + rds.readers().get(1).name())
                        .doesNotContain("connected to " + rds.writer().name());
            }
        }
    }

    @Test
    void theReaderInTheZoneThatIsPreferredGetsAllConnections() throws Exception {
        Node near = rds.readers().get(1);
        try (RdsApiStub api = new RdsApiStub(rds);
                Idling application = new Idling(Idling.pool(rds, rds.readerHost(), 1)
                        .set("discover", "aws")
                        .set("zone", api.zone(near))
                        .environment("AWS_ENDPOINT_URL_RDS", api.url()))) {
            application.awaitLog("its instances are known, from DescribeDBClusters");

            for (int i = 0; i < 4; i++) {
                assertThat(application.tell("connect")).as(application.all()).isEqualTo("connected to " + near.name());
            }
        }
    }

    @Test
    void whatTheRdsApiDeniesIsSaid() throws Exception {
        try (RdsApiStub api = new RdsApiStub(rds)) {
            api.refuse("AccessDenied");
            try (Idling application = new Idling(Idling.pool(rds, rds.readerHost(), 1)
                    .set("discover", "aws")
                    .environment("AWS_ENDPOINT_URL_RDS", api.url()))) {
                application.awaitLog("its instances are not known", "AccessDenied it says", "rds:DescribeDBInstances");
            }
        }
    }

    private static String names(List<Node> nodes, String between) {
        return String.join(between, nodes.stream().map(Node::name).toList());
    }
}
