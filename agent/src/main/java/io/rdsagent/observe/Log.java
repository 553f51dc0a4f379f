package io.rdsagent.observe;

import io.rdsagent.config.LogLevel;
import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** The agent's own lines, apart from the application's logging, which it never touches. */
public final class Log {

    private final PrintStream out;
    private final LogLevel level;
    private final Clock clock;

    public Log(PrintStream out, LogLevel level, Clock clock) {
        this.out = out;
        this.level = level;
        this.clock = clock;
    }

    public void warn(String line) {
        write(LogLevel.WARN, line);
    }

    public void info(String line) {
        write(LogLevel.INFO, line);
    }

    public void debug(String line) {
        write(LogLevel.DEBUG, line);
    }

    public boolean isDebug() {
        return LogLevel.DEBUG.isSaidAt(level);
    }

    private void write(LogLevel wanted, String line) {
        if (wanted.isSaidAt(level)) {
            out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " rds-jdbc-agent " + wanted + " " + line);
        }
    }
}
