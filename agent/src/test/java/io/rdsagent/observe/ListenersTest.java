package io.rdsagent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class ListenersTest {

    private final List<String> told = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Events listener = (Events) Proxy.newProxyInstance(
            Events.class.getClassLoader(), new Class<?>[] {Events.class}, (proxy, method, arguments) -> {
                told.add(method.getName());
                return null;
            });

    @Test
    void eachKindOfNewsIsPassedOn() throws Exception {
        Listeners listeners = new Listeners((who, fault) -> faults.add(who), listener);

        for (Method news : Events.class.getMethods()) {
            told.clear();
            news.invoke(listeners, (Object) null);
            assertThat(told).containsExactly(news.getName());
        }
    }

    @Test
    void aListenerThatFailsKeepsTheNewsFromNobody() {
        Events broken = new Events() {
            @Override
            public void notice(Notice notice) {
                throw new IllegalStateException("broken");
            }
        };

        new Listeners((who, fault) -> faults.add(fault.getMessage()), broken, listener).notice(Notice.info("news"));

        assertThat(told).containsExactly("notice");
        assertThat(faults).containsExactly("broken");
    }

    @Test
    void whereTooMuchWaitsTheTellerGoesOnAndItIsCounted() {
        Aside aside = new Aside(
                task -> {
                    throw new RejectedExecutionException();
                },
                (who, fault) -> faults.add(who),
                listener);

        aside.notice(Notice.info("news"));

        assertThat(told).isEmpty();
        assertThat(aside.lost()).isOne();
    }
}
