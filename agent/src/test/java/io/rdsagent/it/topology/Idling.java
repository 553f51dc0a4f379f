package io.rdsagent.it.topology;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A program with a full pool that does something only when it is told to. */
final class Idling implements AutoCloseable {

    static final String NODE = "SELECT current_setting('cluster_name')";

    private final ForkedJvm jvm;
    private int said;

    Idling(ForkedJvm.Builder application) throws IOException {
        jvm = application.start();
        jvm.await("ready");
        said = jvm.out().size();
    }

    static ForkedJvm.Builder pool(LocalRds rds, String host, int size) {
        return pool(rds, "jdbc:postgresql://" + host + ":" + rds.port() + "/orders?user=app", size, NODE)
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC);
    }

    /** @param node the SQL that names it */
    static ForkedJvm.Builder pool(LocalRds rds, String url, int size, String node) {
        return ForkedJvm.of("com.example.PoolOnDemand", url, String.valueOf(size), node, "5000")
                .hikaricp(ForkedJvm.NEWEST_HIKARICP)
                .on(rds)
                .set("discover", "auto")
                .set("log.level", "debug");
    }

    /** @return the line that it answers with */
    String tell(String order) throws IOException {
        jvm.say(order);
        Awaitility.await(order)
                .atMost(Duration.ofSeconds(30))
                .until(() -> jvm.out().size() > said || !jvm.isAlive());
        if (jvm.out().size() <= said) {
            throw new AssertionError("ended: " + jvm.all());
        }
        return jvm.out().get(said++);
    }

    /** Waits until the agent has said all of these on one line. */
    void awaitLog(String... words) {
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> jvm.err().stream()
                            .anyMatch(line -> List.of(words).stream().allMatch(line::contains)));
        } catch (ConditionTimeoutException never) {
            throw new AssertionError("never said " + String.join(" ... ", words) + ":\n" + jvm.all(), never);
        }
    }

    String all() {
        return jvm.all();
    }

    /** Sessions of the application's user at a node, the agent's own among them. */
    static int sessions(LocalRds rds, Node node) {
        String sql = rds.engine() == Engine.POSTGRES
                ? "SELECT count(*) FROM pg_stat_activity WHERE usename = 'app'"
                : "SELECT count(*) FROM information_schema.processlist WHERE user = 'app'";
        return Integer.parseInt(rds.admin(node, sql).get(0).get(0));
    }

    @Override
    public void close() {
        jvm.close();
    }
}
