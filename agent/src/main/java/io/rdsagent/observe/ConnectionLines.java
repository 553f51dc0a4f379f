package io.rdsagent.observe;

import io.rdsagent.config.LogLevel;
import io.rdsagent.event.Events;
import io.rdsagent.event.Json;
import io.rdsagent.event.Retired;
import io.rdsagent.event.Spare;
import io.rdsagent.event.Stayed;

/** What becomes of connections, for who asks for so much of it. */
final class ConnectionLines implements Events {

    private final Log log;

    ConnectionLines(Log log) {
        this.log = log;
    }

    @Override
    public void retired(Retired retired) {
        if (log.isDebug()) {
            log.write(
                    LogLevel.DEBUG,
                    "retired",
                    retired.database + ": a connection to " + retired.endpoint + " was retired, reason "
                            + retired.reason + ", " + retired.age.getSeconds() + " s after its login, "
                            + retired.lag.toMillis() + " ms after its time.",
                    new Json()
                            .with("database", retired.database)
                            .with("endpoint", retired.endpoint)
                            .with("reason", retired.reason)
                            .with("ageSeconds", retired.age.getSeconds())
                            .with("lagMillis", retired.lag.toMillis()));
        }
    }

    @Override
    public void stayed(Stayed stayed) {
        if (log.isDebug()) {
            debug(
                    "stayed",
                    stayed.database
                            + ": an idle connection that is past its time stays in its pool, which was asked through "
                            + stayed.pool + ": " + stayed.why
                            + (stayed.why.getCause() == null ? "" : ", caused by " + stayed.why.getCause())
                            + ". It goes when it is next borrowed.");
        }
    }

    @Override
    public void spare(Spare spare) {
        if (log.isDebug()) {
            debug(
                    "spare",
                    spare.database + ": a spare connection "
                            + (spare.endpoint == null ? "" : "to " + spare.endpoint + " ") + fate(spare.fate)
                            + (spare.why == null ? "." : ", since " + spare.why + "."));
        }
    }

    private void debug(String event, String line) {
        log.write(LogLevel.DEBUG, event, line, new Json());
    }

    private static String fate(Spare.Fate fate) {
        switch (fate) {
            case OPENED:
                return "was opened ahead of need";
            case TAKEN:
                return "was given to a connect";
            case CLOSED:
                return "was closed unused";
            default:
                return "could not be opened (whoever needs one connects as ever)";
        }
    }
}
