package io.rdsagent.core;

import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import io.rdsagent.weave.Bridge;
import io.rdsagent.weave.Found;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Returns the JVM to its own ways: what the agent opened is closed, its threads end, the woven methods do nothing. */
final class Departure {

    private final Events events;
    private final List<ExecutorService> threads = new ArrayList<>();
    private final List<Runnable> first = new ArrayList<>();

    Departure(Events events) {
        this.events = events;
    }

    /** @return the threads, which end with the agent */
    <T extends ExecutorService> T ends(T executor) {
        threads.add(executor);
        return executor;
    }

    /** What is to be done while there still are threads to do it. */
    void before(Runnable closing) {
        first.add(closing);
    }

    /** The connections that are open stay open; what is being made is made. */
    String leave(Bridge bridge, Found found) {
        first.forEach(Runnable::run);
        threads.forEach(ExecutorService::shutdown);
        try {
            bridge.disconnect();
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
        found.close();
        String gone =
                "The agent has left this JVM. Connections that are open stay open; those made from now on are made as"
                        + " without it.";
        events.notice(Notice.info(gone));
        return gone;
    }
}
