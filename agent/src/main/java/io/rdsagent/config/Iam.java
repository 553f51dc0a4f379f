package io.rdsagent.config;

/** When the agent logs in with a token in place of the application's password. */
public enum Iam {
    /** On an RDS host, and when the application gives no password, an empty one, or the word {@code iam}. */
    AUTO,
    ALWAYS,
    NEVER
}
