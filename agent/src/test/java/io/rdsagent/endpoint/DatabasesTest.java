package io.rdsagent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.event.HealthChange;
import io.rdsagent.given.Configured;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabasesTest {

    private static final String WRITER = "orders.cluster-abcdefghijkl.eu-west-1.rds.amazonaws.com";
    private static final String READERS = "orders.cluster-ro-abcdefghijkl.eu-west-1.rds.amazonaws.com";
    private static final String INSTANCE = "orders-1.abcdefghijkl.eu-west-1.rds.amazonaws.com";

    private final List<Database> newcomers = new CopyOnWriteArrayList<>();
    private final Databases databases = new Databases(Configured.noAliases(Clock.systemUTC()), () -> 0, newcomers::add);

    @Test
    void theUrlsHostsAreTheEndpointsWhereNoneAreConfigured() {
        Database database = databases.of(Configured.database("iam=auto"), Configured.hosts("a:1", "b"));

        assertThat(addresses(database)).containsExactly("a:1", "b:5432");
        assertThat(database.endpoints()).allSatisfy(endpoint -> {
            assertThat(endpoint.signingName()).isEqualTo(endpoint.address());
            assertThat(endpoint.isDialledElsewhere()).isFalse();
            assertThat(endpoint.role()).isNull();
        });
    }

    @Test
    void configuredEndpointsTakeTheirPlace() {
        Database database = databases.of(Configured.database("endpoints=c:1,d:2/reader"), Configured.hosts("a:1", "b"));

        assertThat(addresses(database)).containsExactly("c:1", "d:2");
    }

    @ParameterizedTest
    @CsvSource({
        WRITER + ", w:1 x:4",
        READERS + ", r:2 s:3 x:4",
        INSTANCE + ", w:1 r:2 s:3 x:4",
        "balancer.example.com, w:1 r:2 s:3 x:4",
    })
    void theUrlsHostNameSaysWhichRoleIsWished(String host, String serving) {
        DatabaseConfig config = Configured.database("endpoints=w:1/writer,r:2/reader,s:3/reader,x:4");

        assertThat(addresses(databases.of(config, Configured.hosts(host)))).containsExactly(serving.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"writer, w:1", "reader, r:2", "any, w:1 r:2"})
    void aConfiguredRoleStandsAboveTheHostName(String role, String serving) {
        DatabaseConfig config = Configured.database("endpoints=w:1/writer,r:2/reader;role=" + role);

        assertThat(addresses(databases.of(config, Configured.hosts(WRITER, READERS))))
                .containsExactly(serving.split(" "));
    }

    @Test
    void whereNoEndpointHasTheRoleAllServe() {
        DatabaseConfig config = Configured.database("endpoints=r:1/reader,s:2/reader");

        assertThat(addresses(databases.of(config, Configured.hosts(WRITER)))).containsExactly("r:1", "s:2");
    }

    @Test
    void aBalancerIsDialledAndTheConfiguredNameSignedFor() {
        DatabaseConfig config = Configured.database("endpoints=127.0.0.1:6000;sign-for=" + INSTANCE + ":5432");

        Endpoint endpoint =
                databases.of(config, Configured.hosts(INSTANCE)).endpoints().get(0);

        assertThat(endpoint.address()).hasToString("127.0.0.1:6000");
        assertThat(endpoint.signingName()).hasToString(INSTANCE + ":5432");
        assertThat(endpoint.isDialledElsewhere()).isTrue();
        assertThat(endpoint).hasToString("127.0.0.1:6000");
    }

    @Test
    void aDatabaseIsNamedAsConfiguredOrByTheHostOfItsUrl() {
        DatabaseConfig named = Configured.config("db.orders.match=a").forHost("a", 5432);

        assertThat(databases.of(named, Configured.hosts("a"))).hasToString("orders");
        assertThat(databases.of(Configured.database("iam=auto"), Configured.hosts("b", "c")))
                .hasToString("b");
    }

    @Test
    void eachHostListIsOneDatabaseThatIsToldOnce() {
        DatabaseConfig config = Configured.database("iam=auto");
        Database first = databases.of(config, Configured.hosts("a", "b"));

        assertThat(databases.of(config, Configured.hosts("a:5432", "b"))).isSameAs(first);
        assertThat(databases.of(config, Configured.hosts("b", "a"))).isNotSameAs(first);
        assertThat(databases.of(config, Configured.hosts("a"))).isNotSameAs(first);
        assertThat(newcomers).hasSize(3).doesNotHaveDuplicates();
        assertThat(databases.known()).containsExactlyInAnyOrderElementsOf(newcomers);
    }

    @Test
    void threadsThatAskAtOnceGetOneDatabaseThatIsToldOnce() throws Exception {
        DatabaseConfig config = Configured.database("iam=auto");
        CyclicBarrier together = new CyclicBarrier(20);
        ExecutorService threads = Executors.newFixedThreadPool(20);
        try {
            for (int round = 0; round < 20; round++) {
                List<HostPort> hosts = Configured.hosts("db-" + round);
                Callable<Database> ask = () -> {
                    together.await(10, TimeUnit.SECONDS);
                    return databases.of(config, hosts);
                };
                List<Database> got = new ArrayList<>();
                for (Future<Database> answer : threads.invokeAll(Collections.nCopies(20, ask))) {
                    got.add(answer.get());
                }
                assertThat(got).containsOnly(got.get(0));
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(newcomers).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void anAlternativeIsAnotherEndpointThatServes() {
        Database database = databases.of(Configured.database("iam=auto"), Configured.hosts("a", "b"));
        Endpoint a = database.endpoints().get(0);
        Endpoint b = database.endpoints().get(1);

        assertThat(database.hasAlternativeTo(a)).isTrue();
        b.state(HealthChange.State.SILENT);
        assertThat(database.hasAlternativeTo(a)).isFalse();
        assertThat(database.hasAlternativeTo(b)).isTrue();
    }

    private static List<String> addresses(Database database) {
        return database.endpoints().stream().map(Endpoint::toString).toList();
    }
}
