package io.rdsagent.config;

/** How much the agent says, least first. */
public enum LogLevel {
    OFF,
    ERROR,
    WARN,
    INFO,
    DEBUG,
    /** As much as DEBUG: for who knows the most talkative level by this name. */
    TRACE;

    /** Whether a line of this level is written when the setting is {@code setting}. */
    public boolean isSaidAt(LogLevel setting) {
        return this != OFF && compareTo(setting) <= 0;
    }
}
