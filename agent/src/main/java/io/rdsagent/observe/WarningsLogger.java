package io.rdsagent.observe;

import java.util.function.Supplier;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/**
 * Lets warnings of the AWS SDK through and nothing below, whatever `log.level` says: at debug the SDK's signer writes
 * what it signs, which is most of a token.
 */
final class WarningsLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1;

    private final transient Supplier<Log> log;

    /** @param log null for stderr */
    WarningsLogger(String name, Supplier<Log> log) {
        this.name = name;
        this.log = log;
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return false;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String message, Object[] arguments, Throwable throwable) {
        String line = name.substring(name.lastIndexOf('.') + 1) + ": "
                + MessageFormatter.basicArrayFormat(message, arguments)
                + (throwable == null ? "" : " (" + throwable + ")");
        Log present = log.get();
        if (present == null) {
            System.err.println("rds-jdbc-agent " + level + " " + line);
        } else {
            present.warn(line);
        }
    }
}
