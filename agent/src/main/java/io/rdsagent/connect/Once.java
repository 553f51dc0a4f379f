package io.rdsagent.connect;

import io.rdsagent.event.Events;
import io.rdsagent.event.Notice;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is worth a line when it is met first, and would be noise at each connect. */
final class Once {

    private final Events events;
    private final Set<String> said = ConcurrentHashMap.newKeySet();

    Once(Events events) {
        this.events = events;
    }

    void info(String sentence) {
        if (said.add(sentence)) {
            events.notice(Notice.info(sentence));
        }
    }

    void warning(String sentence) {
        if (said.add(sentence)) {
            events.notice(Notice.warning(sentence));
        }
    }
}
