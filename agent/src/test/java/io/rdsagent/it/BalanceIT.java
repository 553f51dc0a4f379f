package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Node;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
@Tag("timed")
class BalanceIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(3).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @AfterEach
    void revive() {
        rds.nodes().stream().filter(node -> !node.running()).forEach(Node::start);
    }

    @Test
    void twentyConnectsAtOnceSpreadEvenlyOverThreeEndpoints() throws Exception {
        ForkedJvm jvm = connects(rds.clusterHost(), 20)
                .set("endpoints", endpoints(rds.nodes()))
                .set("role", "any")
                .run();

        assertThat(byNode(jvm))
                .hasSize(3)
                .allSatisfy((node, count) -> assertThat(count).isBetween(6L, 7L));
    }

    @Test
    void aReadersUrlGoesToTheReadersAlone() throws Exception {
        ForkedJvm jvm = connects(rds.readerHost(), 8)
                .set("endpoints", endpoints(rds.nodes(), "/writer", "/reader", "/reader"))
                .run();

        assertThat(byNode(jvm)).isEqualTo(Map.of("orders-2", 4L, "orders-3", 4L));
    }

    @Test
    void aWritersUrlGoesToTheWriterAlone() throws Exception {
        ForkedJvm jvm = connects(rds.clusterHost(), 4)
                .set("endpoints", endpoints(rds.nodes(), "/writer", "/reader", "/reader"))
                .run();

        assertThat(byNode(jvm)).isEqualTo(Map.of("orders-1", 4L));
    }

    @Test
    void anEndpointThatIsDownIsPassedOverWithinTheSameCall() throws Exception {
        rds.node(3).kill();

        ForkedJvm jvm = connects(rds.readerHost(), 6)
                .set("endpoints", endpoints(rds.nodes().subList(1, 3)))
                .run();

        assertThat(byNode(jvm)).isEqualTo(Map.of("orders-2", 6L));
        assertThat(jvm.err())
                .anySatisfy(line -> assertThat(line)
                        .contains("no login as app to " + rds.node(3).host())
                        .contains("The connection was refused")
                        .contains("Trying " + rds.node(2).host()));
    }

    @Test
    void withLeastConnectionsTheEndpointThatHasFewestIsChosen() throws Exception {
        ForkedJvm jvm = connects(rds.clusterHost(), 9)
                .set("endpoints", endpoints(rds.nodes()))
                .set("role", "any")
                .set("balance", "least-connections")
                .run();

        assertThat(byNode(jvm))
                .hasSize(3)
                .allSatisfy((node, count) -> assertThat(count).isEqualTo(3L));
    }

    @Test
    void aTokenIsSignedForEachEndpointByItsOwnName() throws Exception {
        rds.log().clear();

        connects(rds.clusterHost(), 3)
                .set("endpoints", endpoints(rds.nodes()))
                .set("role", "any")
                .run();

        assertThat(rds.log().logins())
                .extracting(Login::node)
                .containsExactlyInAnyOrder("orders-1", "orders-2", "orders-3");
    }

    private static ForkedJvm.Builder connects(String host, int count) {
        return ForkedJvm.of(
                        "com.example.Connects",
                        "jdbc:postgresql://" + host + ":" + rds.port() + "/orders?user=app",
                        String.valueOf(count))
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .on(rds);
    }

    private static Map<String, Long> byNode(ForkedJvm jvm) {
        return jvm.out("connected ").stream()
                .map(line -> line.split(" ")[1])
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    private static String endpoints(List<Node> nodes, String... roles) {
        StringBuilder endpoints = new StringBuilder();
        for (int i = 0; i < nodes.size(); i++) {
            endpoints
                    .append(i == 0 ? "" : ",")
                    .append(nodes.get(i).host())
                    .append(':')
                    .append(rds.port())
                    .append(roles.length == 0 ? "" : roles[i]);
        }
        return endpoints.toString();
    }
}
