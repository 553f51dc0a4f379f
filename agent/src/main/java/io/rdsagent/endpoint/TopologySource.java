package io.rdsagent.endpoint;

import java.sql.Driver;

/** Tells which instances a database has. Asked on the agent's threads alone, one question at a time. */
public interface TopologySource {

    /**
     * Waits for the answer, for seconds at most.
     *
     * @param where the endpoint to ask, for a source that asks the database itself
     */
    View ask(Endpoint where) throws TopologyException;

    /** Whether it is the endpoint itself that answers. */
    default boolean asksTheDatabase() {
        return false;
    }

    /** Whether that which was asked last has hung up since. Waits for nothing. */
    default boolean hasLost() {
        return false;
    }

    /** The application has connected by this driver: the one to ask by from now on, since another may be undeployed. */
    default void connectedBy(Driver driver) {}

    /** Keeps nothing open until it is asked again. */
    default void rest() {}

    /** How it knows, for a person: aurora_replica_status(). */
    @Override
    String toString();
}
