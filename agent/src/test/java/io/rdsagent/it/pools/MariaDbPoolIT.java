package io.rdsagent.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Verdict;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pool that MariaDB Connector/J has itself. */
@Tag("timed")
class MariaDbPoolIT {

    private static final int SIZE = 4;
    /** More than there are slots: one that is lost with each connection would leave none. */
    private static final int ROUNDS = 5;

    private static LocalRds rds;

    @BeforeAll
    static void start() throws Exception {
        rds = LocalRds.builder().engine(Engine.MARIADB).nodes(1).start();
    }

    @AfterAll
    static void stop() {
        rds.close();
    }

    @BeforeEach
    void forget() {
        rds.log().clear();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0", "2.7.12", "3.0.10", "4.0.0"})
    void itsConnectionsLeaveInTimeAndNoSlotIsLost(String version) throws Exception {
        String url = "jdbc:mariadb://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app&maxPoolSize=" + SIZE
                + "&connectTimeout=5000&pool";
        try (ForkedJvm jvm = ForkedJvm.of("com.example.pools.MariaDbPool", url, String.valueOf(SIZE + 2))
                .library("mariadb-java-client-" + version)
                .on(rds)
                .set("lifetime", "3s")
                .set("lifetime.margin", "1s")
                .start()) {
            jvm.await("ready");
            Awaitility.await("some rounds")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> rds.log().with(Verdict.ACCEPTED).size() >= ROUNDS * SIZE
                            || !jvm.out("error").isEmpty());
            jvm.say("stop");
            jvm.end();

            assertThat(jvm.out("error")).as(jvm.all()).isEmpty();
            assertThat(jvm.err())
                    .anySatisfy(line -> assertThat(line).contains("retired by MariaDB Connector/J's own pool"));
        }
    }
}
