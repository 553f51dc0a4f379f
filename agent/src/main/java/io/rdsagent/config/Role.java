package io.rdsagent.config;

/** What an endpoint is for. */
public enum Role {
    WRITER,
    READER
}
