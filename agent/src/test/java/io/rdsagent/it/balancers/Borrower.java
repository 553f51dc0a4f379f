package io.rdsagent.it.balancers;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** An application whose pool tests no connection before it hands it out, and which does what it is told. */
final class Borrower implements AutoCloseable {

    static final int SIZE = 6;

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Pattern ANSWER = Pattern.compile("\\w+ed (\\d+) errors (\\d+) on (.*)");

    private final ForkedJvm jvm;

    private Borrower(ForkedJvm jvm) {
        this.jvm = jvm;
    }

    /** @param settings of the agent, {@code key=value} */
    static Borrower start(LocalRds rds, boolean postgres, Way.Opened way, String... settings) throws IOException {
        String url = (postgres ? "jdbc:postgresql://" : "jdbc:mysql://") + way.host() + "/orders?user=app";
        ForkedJvm.Builder jvm = ForkedJvm.of("com.example.pools.Borrows", "tomcat", url, String.valueOf(SIZE))
                .artifacts(List.of("org.apache.tomcat:tomcat-jdbc:9.0.98"))
                .library(postgres ? "postgresql-" + ForkedJvm.NEWEST_PGJDBC : "mysql-connector-j-9.7.0")
                .on(rds)
                .set("log.level", "debug");
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            jvm.set(setting.substring(0, equals), setting.substring(equals + 1));
        }
        Borrower started = new Borrower(way.set(jvm).start());
        started.jvm.await("ready");
        return started;
    }

    /** Has so many out at one moment. */
    Answer fill() throws IOException {
        return ask("fill " + SIZE, "filled");
    }

    /** One after the other. */
    Answer borrow(int count) throws IOException {
        return ask("borrow " + count, "borrowed");
    }

    private Answer ask(String order, String prefix) throws IOException {
        int before = jvm.out(prefix).size();
        jvm.say(order);
        Awaitility.await(prefix)
                .atMost(Duration.ofSeconds(60))
                .until(() -> jvm.out(prefix).size() > before || !jvm.isAlive());
        String line = jvm.out(prefix).size() > before ? jvm.out(prefix).get(before) : jvm.all();
        Matcher answer = ANSWER.matcher(line);
        if (!answer.matches()) {
            throw new AssertionError(line);
        }
        return new Answer(Integer.parseInt(answer.group(2)), answer.group(3));
    }

    /** How many the agent has had retired for this reason. */
    long retired(String reason) {
        return jvm.err().stream()
                .filter(line -> line.contains("was retired, reason " + reason))
                .count();
    }

    void awaitRetired(String reason, int least) {
        try {
            Awaitility.await().atMost(SOON).until(() -> retired(reason) >= least);
        } catch (ConditionTimeoutException inVain) {
            throw new AssertionError(least + " retired for: " + reason + ", in vain. It said:\n" + jvm.all(), inVain);
        }
    }

    ForkedJvm jvm() {
        return jvm;
    }

    @Override
    public void close() {
        jvm.close();
    }

    /** @param servers how many connections led to which */
    record Answer(int errors, String servers) {}
}
