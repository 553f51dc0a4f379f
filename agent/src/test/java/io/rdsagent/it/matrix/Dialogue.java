package io.rdsagent.it.matrix;

import io.rdsagent.it.ForkedJvm;
import io.rdsagent.localrds.LocalRds;
import io.rdsagent.localrds.Login;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** The program in the other JVM, asked for one way after the other. */
final class Dialogue implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final Pattern SECRET = Pattern.compile("X-Amz-Signature|changeit");

    private final ForkedJvm jvm;
    private final LocalRds rds;
    private boolean closed;

    Dialogue(ForkedJvm jvm, LocalRds rds) {
        this.jvm = jvm;
        this.rds = rds;
    }

    /**
     * What a way led to.
     *
     * @param said by the program: {@code ok …} or {@code failed SQLSTATE …}
     * @param warnings of the agent's meanwhile
     * @param logins that the server has judged meanwhile
     * @param leaked whether a token or the password in a URL was ever printed
     */
    record Outcome(String said, List<String> warnings, List<Login> logins, boolean leaked) {

        Outcome withLogins(Predicate<Login> which) {
            return new Outcome(said, warnings, logins.stream().filter(which).toList(), leaked);
        }

        boolean isOk() {
            return said.startsWith("ok ");
        }

        /** What follows {@code ok} or {@code failed}. */
        String detail() {
            return said.substring(said.indexOf(' ') + 1);
        }
    }

    Outcome take(Way way) throws IOException {
        int errors = jvm.err().size();
        int logins = rds.log().logins().size();
        String prefix = "way " + way.name() + " ";
        jvm.say(way.name());
        try {
            await(() -> !jvm.isAlive() || isAnswered(prefix));
        } catch (ConditionTimeoutException hangs) {
            close();
        }
        String said = jvm.out(prefix).stream()
                .findFirst()
                .map(line -> line.substring(prefix.length()))
                .orElse("failed without an answer within " + LIMIT.toSeconds() + " s");
        return new Outcome(
                said,
                since(errors, jvm.err()).stream()
                        .filter(line -> line.contains(" rds-jdbc-agent WARN "))
                        .toList(),
                since(logins, rds.log().logins()),
                SECRET.matcher(jvm.all()).find());
    }

    /** A copy: both may go on growing. */
    private static <T> List<T> since(int count, List<T> growing) {
        return List.copyOf(growing).stream().skip(count).toList();
    }

    private boolean isAnswered(String prefix) {
        return jvm.err().contains(prefix + "is over") && !jvm.out(prefix).isEmpty();
    }

    private static void await(Callable<Boolean> condition) {
        Awaitility.await().pollInterval(Duration.ofMillis(5)).atMost(LIMIT).until(condition);
    }

    /** Whether another JVM has to go on. */
    boolean isOver() {
        return closed || !jvm.isAlive();
    }

    @Override
    public void close() {
        closed = true;
        jvm.close();
    }
}
