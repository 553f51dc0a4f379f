package io.rdsagent.observe;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/** Where what is bundled (the AWS SDK) logs to. */
public final class AgentLoggers implements SLF4JServiceProvider, ILoggerFactory {

    /** SLF4J makes its provider by itself: the one place where the log can be handed to it. */
    private static final AtomicReference<Log> LOG = new AtomicReference<>();

    private final Map<String, Logger> loggers = new ConcurrentHashMap<>();

    /** From here on they go where the agent's own lines go; until then, and on the command line, to stderr. */
    public static void to(Log log) {
        LOG.set(log);
    }

    @Override
    public Logger getLogger(String name) {
        return loggers.computeIfAbsent(name, logger -> new WarningsLogger(logger, LOG::get));
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return this;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return new BasicMarkerFactory();
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return new NOPMDCAdapter();
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }

    @Override
    public void initialize() {}
}
