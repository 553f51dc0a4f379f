package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import io.rdsagent.endpoint.Member;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.endpoint.TopologyException;
import io.rdsagent.endpoint.View;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Aurora PostgreSQL's {@code aurora_replica_status()}, and {@code rds_tools} of a Multi-AZ DB cluster. */
final class PostgresTopology implements TopologyQuery {

    /** To whom a function is, that is not there or that this user may not see. */
    private static final String KIND = "SELECT to_regprocedure('aurora_replica_status()') IS NOT NULL,"
            + " to_regnamespace('rds_tools') IS NOT NULL";

    /**
     * The writer's row is that of MASTER_SESSION_ID. An instance that has said nothing for 5 minutes is gone; of two writers, in the
     * middle of a failover, the one that was heard of last is meant.
     */
    private static final String AURORA = "SELECT server_id, session_id = 'MASTER_SESSION_ID',"
            + " server_id = aurora_db_instance_identifier(), pg_is_in_recovery()"
            + " FROM aurora_replica_status()"
            + " WHERE session_id = 'MASTER_SESSION_ID' OR last_update_timestamp IS NULL"
            + " OR extract(epoch FROM (now() - last_update_timestamp)) <= 300"
            + " ORDER BY last_update_timestamp DESC NULLS LAST";

    /** The instances with their own names; the writer's id; whose answer this is. */
    private static final String MULTI_AZ = "SELECT t.endpoint, t.port, t.id = coalesce((SELECT w.id FROM (SELECT"
            + " multi_az_db_cluster_source_dbi_resource_id AS id"
            + " FROM rds_tools.multi_az_db_cluster_source_dbi_resource_id()) w WHERE w.id <> ''),"
            + " (SELECT dbi_resource_id FROM rds_tools.dbi_resource_id())),"
            + " t.id = (SELECT dbi_resource_id FROM rds_tools.dbi_resource_id()), pg_is_in_recovery()"
            + " FROM rds_tools.show_topology('rds-jdbc-agent') AS t";

    private static final String UNDEFINED_FUNCTION = "42883";
    private static final String NOT_ALLOWED = "42501";

    @Override
    public View ask(Connection connection, RdsHostName cluster, int port) throws SQLException, TopologyException {
        boolean aurora;
        boolean multiAz;
        try (Statement statement = statement(connection);
                ResultSet kind = statement.executeQuery(KIND)) {
            kind.next();
            aurora = kind.getBoolean(1);
            multiAz = kind.getBoolean(2);
        }
        try {
            if (aurora) {
                return aurora(connection, cluster, port);
            }
            if (multiAz) {
                return multiAz(connection, port);
            }
        } catch (SQLException refused) {
            if (NOT_ALLOWED.equals(refused.getSQLState()) || UNDEFINED_FUNCTION.equals(refused.getSQLState())) {
                throw TopologyException.refused(
                        "The database user may not ask for them (" + firstLine(refused) + "). "
                                + (aurora
                                        ? "GRANT EXECUTE ON FUNCTION aurora_replica_status() TO it"
                                        : "GRANT USAGE ON SCHEMA rds_tools TO it, and GRANT EXECUTE ON ALL FUNCTIONS"
                                                + " IN SCHEMA rds_tools TO it")
                                + ", or set `discover`.",
                        refused);
            }
            throw refused;
        }
        throw TopologyException.refused(
                "The server has neither aurora_replica_status(), as Aurora has, nor rds_tools, which a Multi-AZ DB cluster"
                        + " has after CREATE EXTENSION rds_tools. Create it, or set `discover`.",
                null);
    }

    /** The others say where in the statement. */
    private static String firstLine(SQLException refused) {
        return String.valueOf(refused.getMessage()).split("\\R", 2)[0];
    }

    private static View aurora(Connection connection, RdsHostName cluster, int port) throws SQLException {
        List<Member> members = new ArrayList<>();
        HostPort by = null;
        boolean hasWriter = false;
        try (Statement statement = statement(connection);
                ResultSet rows = statement.executeQuery(AURORA)) {
            while (rows.next()) {
                HostPort address = HostPort.of(cluster.instanceHost(rows.getString(1)), port);
                boolean itself = rows.getBoolean(3);
                boolean writer = rows.getBoolean(2) && !hasWriter && !(itself && rows.getBoolean(4));
                hasWriter |= writer;
                members.add(new Member(address, writer ? Role.WRITER : Role.READER));
                by = itself ? address : by;
            }
        }
        return view(members, by);
    }

    private static View multiAz(Connection connection, int port) throws SQLException {
        List<Member> members = new ArrayList<>();
        HostPort by = null;
        try (Statement statement = statement(connection);
                ResultSet rows = statement.executeQuery(MULTI_AZ)) {
            while (rows.next()) {
                int own = rows.getInt(2);
                HostPort address = HostPort.of(rows.getString(1), own == 0 ? port : own);
                boolean itself = rows.getBoolean(4);
                boolean writer = rows.getBoolean(3) && !(itself && rows.getBoolean(5));
                members.add(new Member(address, writer ? Role.WRITER : Role.READER));
                by = itself ? address : by;
            }
        }
        return view(members, by);
    }

    private static View view(List<Member> members, HostPort by) throws SQLException {
        if (members.isEmpty()) {
            throw new SQLException("the server names no instances", "02000");
        }
        return new View(members, by);
    }

    private static Statement statement(Connection connection) throws SQLException {
        return connection.createStatement();
    }

    @Override
    public boolean isReader(Connection connection, boolean insist) throws SQLException {
        String said = saidAtLogin(connection);
        if (said != null || !insist) {
            return "on".equals(said);
        }
        try (Statement statement = statement(connection);
                ResultSet answer = statement.executeQuery("SELECT pg_is_in_recovery()")) {
            answer.next();
            return answer.getBoolean(1);
        }
    }

    /** From 14 on a server says it unasked; from 42.2.6 on the driver keeps it. Null where they don't. */
    private static String saidAtLogin(Connection connection) {
        try {
            Method status = connection.getClass().getMethod("getParameterStatus", String.class);
            return (String) status.invoke(connection, "in_hot_standby");
        } catch (ReflectiveOperationException | RuntimeException older) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "SQL on the database";
    }
}
