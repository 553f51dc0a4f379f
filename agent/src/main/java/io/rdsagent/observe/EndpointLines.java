package io.rdsagent.observe;

import io.rdsagent.config.LogLevel;
import io.rdsagent.event.Events;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.Json;
import io.rdsagent.event.TopologyChange;

/** Which endpoints there are, and which of them serve. */
final class EndpointLines implements Events {

    private final Log log;

    EndpointLines(Log log) {
        this.log = log;
    }

    @Override
    public void health(HealthChange change) {
        Json details = new Json()
                .with("database", change.database)
                .with("endpoint", change.endpoint)
                .with("state", change.state)
                .with("why", change.why);
        boolean serves = change.state == HealthChange.State.SERVING;
        log.write(serves ? LogLevel.INFO : LogLevel.WARN, "health", line(change), details);
    }

    private static String line(HealthChange change) {
        String who = change.database + ": " + change.endpoint;
        switch (change.state) {
            case SERVING:
                return who + " serves again (" + change.why + "). New connections go to it.";
            case DEAD:
                return who + " still gives no sign of life (" + change.why
                        + "). Its connections are cut, also those in use, so that nobody waits for it.";
            default:
                return who + " gives no sign of life (" + change.why + "). "
                        + (change.alternative
                                ? "New connections go elsewhere, and its idle ones leave their pools."
                                : "There is no other endpoint, so it is tried all the same.")
                        + " It is asked again every half second at first, and then less often.";
        }
    }

    @Override
    public void topology(TopologyChange change) {
        if (change.first) {
            topology(
                    LogLevel.INFO,
                    change,
                    ": its instances are known, from " + change.source + ": " + String.join(", ", change.members)
                            + ". New connections go straight to them.");
        }
        if (change.writer != null) {
            topology(
                    LogLevel.WARN,
                    change,
                    ": " + change.writer + " is the writer now, no longer " + change.formerWriter
                            + ". Connections to an endpoint that no longer has the role they are for leave their pools; new ones go"
                            + " to one that has it.");
        }
        for (String joined : change.joined) {
            topology(
                    LogLevel.INFO,
                    change,
                    ": " + joined + " has joined. It gets its share of the connections little by little.");
        }
        for (String left : change.left) {
            topology(
                    LogLevel.INFO,
                    change,
                    ": " + left + " is no more among the instances. Its connections leave their pools.");
        }
    }

    private void topology(LogLevel level, TopologyChange change, String line) {
        log.write(
                level,
                "topology",
                change.database + line,
                new Json()
                        .with("database", change.database)
                        .with("source", change.source)
                        .with("writer", change.writer));
    }
}
