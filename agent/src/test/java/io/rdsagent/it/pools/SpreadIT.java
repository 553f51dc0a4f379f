package io.rdsagent.it.pools;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import io.rdsagent.localrds.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** A pool that is filled at once, and the rounds of rotation that follow; prints the logins of each second. */
@Tag("timed")
@EnabledIfSystemProperty(named = "matrix.all", matches = "true", disabledReason = "takes a minute")
class SpreadIT {

    private static final int SIZE = 80;
    private static final int RATE = 20;

    @Test
    void theLoginsOfLaterRoundsAreSpreadAndKeepToTheRate() throws Exception {
        try (LocalRds rds = LocalRds.builder().nodes(1).start();
                ForkedJvm jvm = pool(rds)) {
            Awaitility.await("three rounds more")
                    .atMost(Duration.ofMinutes(2))
                    .until(() -> rds.log().with(Verdict.ACCEPTED).size() >= 4 * SIZE);
            jvm.say("stop");
            jvm.end();

            List<Login> logins = rds.log().logins();
            assertThat(logins).extracting(Login::verdict).containsOnly(Verdict.ACCEPTED);
            Map<Long, Integer> seconds = new TreeMap<>();
            Instant start = logins.get(0).at();
            logins.forEach(
                    login -> seconds.merge(Duration.between(start, login.at()).toSeconds(), 1, Integer::sum));
            seconds.forEach((second, count) -> System.out.printf("%4d s %3d %s%n", second, count, "#".repeat(count)));
            assertThat(jvm.out("error")).isEmpty();
            assertThat(seconds.entrySet().stream().filter(second -> second.getKey() > 8))
                    .as("the rate, and what a second's edge can add")
                    .allSatisfy(second -> assertThat(second.getValue()).isLessThanOrEqualTo(2 * RATE));
        }
    }

    private static ForkedJvm pool(LocalRds rds) throws Exception {
        return ForkedJvm.of(
                        "com.example.PoolLoad",
                        "jdbc:postgresql://" + rds.clusterHost() + ":" + rds.port() + "/orders?user=app",
                        String.valueOf(SIZE),
                        "4",
                        "0",
                        "reading")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .hikaricp(ForkedJvm.NEWEST_HIKARICP)
                .on(rds)
                .set("lifetime", "20s")
                .set("lifetime.margin", "6s")
                .set("lifetime.jitter", "20%")
                .set("connect.rate", RATE + "/s")
                .start();
    }
}
