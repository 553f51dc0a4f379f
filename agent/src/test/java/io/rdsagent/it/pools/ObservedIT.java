package io.rdsagent.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gives no moment at which its connection is unused keeps it, past its time, and it is said who has it. */
@Tag("timed")
class ObservedIT {

    private static final String AGES = "SELECT 1000 * extract(epoch FROM clock_timestamp() - backend_start)"
            + " FROM pg_stat_activity WHERE usename = 'app'";

    @ParameterizedTest
    @ValueSource(strings = {"4.3.30.RELEASE", "6.2.0", "7.0.10"})
    void springsSingleConnectionIsNeverClosed(String version) throws Exception {
        try (LocalRds rds = LocalRds.builder().nodes(1).start();
                ForkedJvm jvm = ForkedJvm.of(
                                "com.example.pools.Single",
                                "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app")
                        .pgjdbc("42.2.29")
                        .artifacts(List.of("org.springframework:spring-jdbc:" + version))
                        .on(rds)
                        .set("lifetime", "2s")
                        .set("lifetime.margin", "1s")
                        .start()) {
            jvm.await("ready");
            Awaitility.await("long past its time")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> rds.admin(rds.writer(), AGES).stream()
                            .anyMatch(row -> Double.parseDouble(row.get(0)) > 4000));

            jvm.say("borrow");
            jvm.await("same");
            jvm.say("stop");
            jvm.end();

            assertThat(jvm.out("same")).containsExactly("same true");
            assertThat(rds.log().logins()).hasSize(1);
            assertThat(jvm.all()).contains("so it is only observed");
        }
    }
}
