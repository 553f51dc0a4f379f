package io.rdsagent.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rdsagent.given.Configured;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    private final Attempts attempts = new Attempts();
    private final Attempt outer = attempt();
    private final Attempt inner = attempt();
    private final ExecutorService longLived = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        longLived.shutdownNow();
    }

    @Test
    void outsideOfAnyThereIsNone() {
        assertThat(attempts.current()).isNull();
    }

    @Test
    void itIsTheThreadsOwnWhileItLasts() throws Exception {
        assertThat(attempts.during(outer, attempts::current)).isSameAs(outer);
        assertThat(attempts.current()).isNull();
    }

    @Test
    void itIsOverAlsoWhenTheDriverThrows() {
        assertThatThrownBy(() -> attempts.during(outer, () -> {
                    throw new SQLException("refused");
                }))
                .isInstanceOf(SQLException.class);
        assertThat(attempts.current()).isNull();
    }

    @Test
    void aThreadThatTheDriverStartsIsInItToo() throws Exception {
        AtomicReference<Attempt> seen = new AtomicReference<>();

        attempts.during(outer, () -> {
            Thread child = new Thread(() -> seen.set(attempts.current()));
            child.start();
            child.join();
            return null;
        });

        assertThat(seen.get()).isSameAs(outer);
    }

    @Test
    void aThreadThatLivesOnIsInNoneAfterwards() throws Exception {
        Attempt during =
                attempts.during(outer, () -> longLived.submit(attempts::current).get(10, TimeUnit.SECONDS));

        assertThat(during).isSameAs(outer);
        assertThat(longLived.submit(attempts::current).get(10, TimeUnit.SECONDS))
                .isNull();
        Attempt later =
                attempts.during(inner, () -> longLived.submit(attempts::current).get(10, TimeUnit.SECONDS));
        assertThat(later).as("another's number").isNull();
    }

    @Test
    void oneWithinAnotherGivesItBack() throws Exception {
        attempts.during(outer, () -> {
            assertThat(attempts.during(inner, attempts::current)).isSameAs(inner);
            assertThat(attempts.current()).isSameAs(outer);
            return null;
        });
        assertThat(attempts.current()).isNull();
    }

    private static Attempt attempt() {
        return new Attempt(Configured.endpoint("db-1:5432"), "app", Long.MAX_VALUE, null, null);
    }
}
