package io.rdsagent.config;

/** For whom the agent's log is written. */
public enum LogFormat {
    /** A person: one line of words. */
    TEXT,
    /** A program: one line of JSON. */
    JSON
}
