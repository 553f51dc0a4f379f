package io.rdsagent.observe;

import io.rdsagent.config.LogFormat;
import io.rdsagent.config.LogLevel;
import io.rdsagent.event.Json;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The agent's own lines, apart from the application's logging, which it never touches. */
public final class Log {

    private static final Json NOTHING_MORE = new Json();

    private final PrintStream out;
    private final LogLevel level;
    private final LogFormat format;
    private final Clock clock;

    public Log(PrintStream out, LogLevel level, Clock clock) {
        this(out, level, LogFormat.TEXT, clock);
    }

    public Log(PrintStream out, LogLevel level, LogFormat format, Clock clock) {
        this.out = out;
        this.level = level;
        this.format = format;
        this.clock = clock;
    }

    public void warn(String line) {
        write(LogLevel.WARN, "notice", line, NOTHING_MORE);
    }

    public void info(String line) {
        write(LogLevel.INFO, "notice", line, NOTHING_MORE);
    }

    public boolean isDebug() {
        return isSaid(LogLevel.DEBUG);
    }

    boolean isSaid(LogLevel wanted) {
        return wanted.isSaidAt(level);
    }

    /**
     * @param event what happened, in a word that programs know
     * @param details for programs alone: a person reads them in the line
     */
    void write(LogLevel wanted, String event, String line, Json details) {
        if (!isSaid(wanted)) {
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        out.println(
                format == LogFormat.TEXT
                        ? now + " rds-jdbc-agent " + wanted + " " + line
                        : new Json()
                                .with("time", now)
                                .with("logger", "rds-jdbc-agent")
                                .with("level", wanted)
                                .with("event", event)
                                .with("message", line)
                                .withAll(details)
                                .toString());
    }
}
