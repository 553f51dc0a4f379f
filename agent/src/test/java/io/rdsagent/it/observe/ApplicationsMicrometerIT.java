package io.rdsagent.it.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's metrics show in the Micrometer that the application has, the oldest and the newest. */
class ApplicationsMicrometerIT {

    @ParameterizedTest
    @ValueSource(strings = {"1.0.11", "1.17.2"})
    void theApplicationsOwnRegistryHoldsTheAgentsMetrics(String version) throws Exception {
        try (LocalRds rds = LocalRds.builder().nodes(1).start();
                ForkedJvm jvm = ForkedJvm.of(
                                "com.example.ShowsMicrometer",
                                "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app")
                        .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                        .artifacts(List.of("io.micrometer:micrometer-core:" + version))
                        .on(rds)
                        .start()) {
            jvm.await("connected");
            Awaitility.await("the agent's meters")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> {
                        int before = jvm.out("end of meters").size();
                        jvm.say("again");
                        Awaitility.await().until(() -> jvm.out("end of meters").size() > before);
                        return jvm.out("meter ").stream().anyMatch(line -> line.contains("rdsagent.token.age"));
                    });

            assertThat(jvm.out("meter "))
                    .anySatisfy(line ->
                            assertThat(line).contains("rdsagent.connects", "outcome", "success", "COUNT", "value=1.0"))
                    .anySatisfy(line -> assertThat(line).contains("rdsagent.connections", "unknown", "value=1.0"))
                    .anySatisfy(line -> assertThat(line).contains("rdsagent.observations.lost", "value=0.0"));
            jvm.say("stop");
            assertThat(jvm.end().all()).doesNotContain("A fault of the agent");
        }
    }
}
