package io.rdsagent.config;

/** How new connections are spread over the endpoints that would do. */
public enum Balance {
    ROUND_ROBIN,
    LEAST_CONNECTIONS
}
