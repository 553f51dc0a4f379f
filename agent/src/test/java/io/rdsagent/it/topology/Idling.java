package io.rdsagent.it.topology;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.Engine;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Node;
import java.io.IOException;
import java.util.List;

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
        return ForkedJvm.of(
                        "com.example.PoolOnDemand",
                        "jdbc:postgresql://" + host + ":" + rds.port() + "/orders?user=app",
                        String.valueOf(size),
                        NODE,
                        "5000")
                .pgjdbc(ForkedJvm.NEWEST_PGJDBC)
                .hikaricp(ForkedJvm.NEWEST_HIKARICP)
                .on(rds)
                .set("discover", "auto")
                .set("log.level", "debug");
    }

    /** @return the line that it answers with */
    String tell(String order) throws IOException {
        jvm.say(order);
        org.awaitility.Awaitility.await(order)
                .atMost(java.time.Duration.ofSeconds(30))
                .until(() -> jvm.out().size() > said || !jvm.isAlive());
        if (jvm.out().size() <= said) {
            throw new AssertionError("ended: " + jvm.all());
        }
        return jvm.out().get(said++);
    }

    List<String> log() {
        return jvm.err();
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
