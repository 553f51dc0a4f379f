package io.rdsagent.localrds;

import java.io.IOException;
import java.util.List;

/** The administrator at one server, past the gate and without TLS. */
interface AdminClient {

    String USER = "rdsadmin";

    /** Runs the statements in a session of their own and returns the rows of all of them, a null column as null. */
    List<List<String>> query(String database, String sql) throws IOException;

    /** The first column of the first row. */
    default String value(String database, String sql) throws IOException {
        return query(database, sql).get(0).get(0);
    }
}
