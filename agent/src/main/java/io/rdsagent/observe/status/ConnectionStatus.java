package io.rdsagent.observe.status;

import io.rdsagent.event.Reason;

/** One physical connection as it is now. Times are milliseconds of the clock. */
public final class ConnectionStatus {

    public final String endpoint;
    /** The pool's product; null outside of a pool. */
    public final String pool;

    public final Use use;
    public final long loginAt;
    /** {@link Long#MAX_VALUE} for one that may live for ever. */
    public final long deadline;
    /** Why it is to go; null while it may stay. */
    public final Reason past;

    public ConnectionStatus(String endpoint, String pool, Use use, long loginAt, long deadline, Reason past) {
        this.endpoint = endpoint;
        this.pool = pool;
        this.use = use;
        this.loginAt = loginAt;
        this.deadline = deadline;
        this.past = past;
    }

    public boolean hasDeadline() {
        return deadline != Long.MAX_VALUE;
    }

    /** Who has it. */
    public enum Use {
        IN_USE("in use"),
        IDLE("idle"),
        /** Its pool does not tell, or it lies in none. */
        UNKNOWN("unknown");

        private final String words;

        Use(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }
}
