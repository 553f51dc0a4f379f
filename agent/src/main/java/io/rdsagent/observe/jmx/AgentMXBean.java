package io.rdsagent.observe.jmx;

/** The agent as a whole, as JMX shows it. */
public interface AgentMXBean {

    String getVersion();

    /** What {@code /health} says: whether the application can get connections. */
    boolean isUp();

    /** What {@code /status} says, as JSON. */
    String getStatus();

    /** Where the status page is; null when there is none. */
    String getStatusPage();
}
