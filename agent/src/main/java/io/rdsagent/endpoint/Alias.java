package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import javax.naming.NamingException;

/** The RDS name that another name stands for, as DNS says, or else that name itself. */
final class Alias implements Supplier<HostPort> {

    private static final int MOST_STEPS = 8;
    private static final long KEPT = Duration.ofSeconds(30).toMillis();
    private static final long PATIENCE = Duration.ofSeconds(1).toMillis();

    private final HostPort address;
    private final Dns dns;
    private final Clock clock;
    private final Executor workers;
    private final AtomicReference<Question> last = new AtomicReference<>();
    private volatile HostPort known;

    interface Dns {

        /** The name that this one is an alias of; null if it is none. */
        String cname(String host) throws NamingException;
    }

    /** @param workers that DNS is waited for on */
    Alias(HostPort address, Dns dns, Clock clock, Executor workers) {
        this.address = address;
        this.dns = dns;
        this.clock = clock;
        this.workers = workers;
        this.known = address;
    }

    /**
     * Asks DNS every 30 s at most, and waits for it for a second at most: what was known last stays known while DNS does
     * not answer.
     */
    @Override
    public HostPort get() {
        long now = clock.millis();
        Question question = last.get();
        if (question == null || Math.abs(now - question.asked) > KEPT) {
            question = ask(question, now);
        }
        question.settle(now);
        return known;
    }

    private Question ask(Question before, long now) {
        Question mine = new Question(now, this::follow);
        if (!last.compareAndSet(before, mine)) {
            return last.get();
        }
        try {
            workers.execute(mine);
        } catch (RejectedExecutionException shutDown) {
            mine.cancel(false);
        }
        return mine;
    }

    private void follow() {
        try {
            known = target();
        } catch (NamingException noAnswer) {
            // What was known stays known.
        }
    }

    private HostPort target() throws NamingException {
        String name = dns.cname(address.host());
        for (int step = 1; name != null && step <= MOST_STEPS; step++) {
            RdsHostName rds = RdsHostName.parse(name);
            if (rds != null) {
                return HostPort.of(rds.host(), address.port());
            }
            name = dns.cname(name);
        }
        return address;
    }

    private static final class Question extends FutureTask<Void> {

        private final long asked;

        private Question(long asked, Runnable follow) {
            super(follow, null);
            this.asked = asked;
        }

        /** One that hangs is waited for once, not anew by each that asks. */
        private void settle(long now) {
            if (isDone()) {
                return;
            }
            try {
                get(Math.max(0, PATIENCE - Math.abs(now - asked)), TimeUnit.MILLISECONDS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException noAnswer) {
                // What was known is used.
            }
        }
    }
}
