package io.rdsagent.lease;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * How a connection was made, so that another like it can be. Those of equal recipes stand for each other: they are made by
 * the same driver from the same URL and the same properties in full. Refers to nothing of the application's but text.
 */
public interface Recipe {

    /**
     * Makes another, on this thread, and records its lease.
     *
     * @return null when that can't be done any more
     */
    Connection open() throws SQLException;
}
