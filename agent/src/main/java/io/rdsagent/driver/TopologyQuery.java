package io.rdsagent.driver;

import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.endpoint.TopologyException;
import io.rdsagent.endpoint.View;
import java.sql.Connection;
import java.sql.SQLException;

/** What a server is asked for its cluster's instances, by SQL over an ordinary login. */
public interface TopologyQuery {

    /**
     * @param cluster whose instances' names follow from it
     * @param port of all of them, where the server names none
     * @throws SQLException where it gave no answer
     * @throws TopologyException where it refuses to tell, with what to do about it
     */
    View ask(Connection connection, RdsHostName cluster, int port) throws SQLException, TopologyException;

    /**
     * Whether this server takes no writes.
     *
     * @param insist whether it is worth a round trip; without, only what the server has said by itself counts
     */
    boolean isReader(Connection connection, boolean insist) throws SQLException;

    /** How it is asked, for a person. */
    @Override
    String toString();
}
