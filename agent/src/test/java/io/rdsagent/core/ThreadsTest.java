package io.rdsagent.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.given.RecordedEvents;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Test;

class ThreadsTest {

    @Test
    void aThreadKeepsNothingOfTheOneThatMadeIt() throws Exception {
        InheritableThreadLocal<String> applications = new InheritableThreadLocal<>();
        applications.set("a web application's");
        ExecutorService spares = Threads.spares(new Complaints(new RecordedEvents()));
        try {
            assertThat(spares.submit(applications::get).get()).isNull();
            assertThat(spares.submit(() -> Thread.currentThread().getContextClassLoader())
                            .get())
                    .isSameAs(Threads.class.getClassLoader());
            assertThat(spares.submit(() -> Thread.currentThread().isDaemon()).get())
                    .isTrue();
        } finally {
            applications.remove();
            spares.shutdownNow();
        }
    }
}
