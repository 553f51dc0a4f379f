package io.rdsagent.observe;

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

    WarningsLogger(String name) {
        this.name = name;
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
        System.err.println("rds-jdbc-agent " + level + " " + name.substring(name.lastIndexOf('.') + 1) + ": "
                + MessageFormatter.basicArrayFormat(message, arguments)
                + (throwable == null ? "" : " (" + throwable + ")"));
    }
}
