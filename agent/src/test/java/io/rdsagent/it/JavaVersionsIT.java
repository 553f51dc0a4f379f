package io.rdsagent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import io.rdsagent.localrds.Verdict;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The bridge, the weaving and a rotating pool on other Javas than the build's. The environment says how each is started:
 * {@code RDSAGENT_JAVA_8="scripts/jdk 8"}, with absolute paths; one that is not named is skipped.
 */
class JavaVersionsIT {

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().nodes(1).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "11", "21", "25"})
    void aPoolRotatesWithoutAnErrorAndTheJvmHasNothingToComplainOf(String version) throws Exception {
        String java = System.getenv("RDSAGENT_JAVA_" + version);
        assumeTrue(java != null, "RDSAGENT_JAVA_" + version + " does not say how to start it");
        rds.log().clear();
        Node node = rds.node(1);
        String address = node.address() + ":" + rds.port();

        // Java 8 has no hosts file of its own, so the address is dialled and the endpoint's name signed for.
        try (ForkedJvm jvm = ForkedJvm.of(
                        "com.example.PoolLoad",
                        "jdbc:postgresql://" + address + "/orders?user=app",
                        "4",
                        "2",
                        "0",
                        "writing")
                .java(java)
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .hikaricp("4.0.3")
                .on(rds)
                .set("match", address)
                .set("iam", "always")
                .set("sign-for", node.host() + ":" + rds.port())
                .set("lifetime", "2s")
                .set("lifetime.margin", "300ms")
                .start()) {
            jvm.await("ready");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> rds.log().with(Verdict.ACCEPTED).size() >= 16);
            jvm.say("stop");
            jvm.end();

            assertThat(jvm.out("error")).as(jvm.all()).isEmpty();
            assertThat(jvm.out("sum 1000")).as(jvm.all()).hasSize(1);
            assertThat(jvm.err()).allSatisfy(line -> assertThat(line).contains(" rds-jdbc-agent INFO "));
        }
    }
}
