package io.rdsagent.config;

/** What a fault of the agent itself means for the connect it happened in. */
public enum OnError {
    /** The driver goes on as without the agent. */
    PASS,
    /** The application gets an {@code SQLException}. */
    FAIL
}
