package io.rdsagent.observe;

import io.rdsagent.config.LogLevel;
import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

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
        return isOn(LogLevel.DEBUG);
    }

    private boolean isOn(LogLevel wanted) {
        return wanted.compareTo(level) <= 0;
    }

    private void write(LogLevel wanted, String line) {
        if (isOn(wanted)) {
            out.println(clock.instant().truncatedTo(ChronoUnit.MILLIS) + " rds-jdbc-agent "
                    + wanted.name().toUpperCase(Locale.ROOT) + " " + line);
        }
    }
}
