package io.rdsagent.driver;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import io.rdsagent.endpoint.Member;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.endpoint.TopologyException;
import io.rdsagent.endpoint.View;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Aurora MySQL's {@code information_schema.replica_host_status}, and {@code mysql.rds_topology} of a Multi-AZ DB cluster. */
final class MysqlTopology implements TopologyQuery {

    private static final String IS_AURORA = "SHOW VARIABLES LIKE 'aurora_version'";

    /** As of PostgreSQL: {@link PostgresTopology}. */
    private static final String AURORA = "SELECT server_id, session_id = 'MASTER_SESSION_ID', server_id ="
            + " @@aurora_server_id, @@innodb_read_only FROM information_schema.replica_host_status"
            + " WHERE session_id = 'MASTER_SESSION_ID'"
            + " OR time_to_sec(timediff(now(), last_update_timestamp)) <= 300"
            + " ORDER BY last_update_timestamp DESC";

    private static final String MULTI_AZ =
            "SELECT id, endpoint, port, id = @@server_id, @@read_only FROM mysql.rds_topology";

    /** Empty where the server follows nobody: it is the writer itself. */
    private static final String SOURCE = "SHOW REPLICA STATUS";

    private static final int NO_SUCH_TABLE = 1146;
    private static final int NOT_THIS_TABLE = 1142;
    private static final int NOT_THIS_DATABASE = 1044;
    private static final int NOT_THIS_PRIVILEGE = 1227;

    @Override
    public View ask(Connection connection, RdsHostName cluster, int port) throws SQLException, TopologyException {
        try {
            return isAurora(connection) ? aurora(connection, cluster, port) : multiAz(connection, port);
        } catch (SQLException refused) {
            String instead = instead(refused.getErrorCode());
            if (instead == null) {
                throw refused;
            }
            throw TopologyException.refused(instead + " Or set `discover`.", refused);
        }
    }

    /** Null where it was no refusal. */
    private static String instead(int code) {
        switch (code) {
            case NO_SUCH_TABLE:
                return "The server has neither information_schema.replica_host_status, as Aurora has, nor"
                        + " mysql.rds_topology, which a Multi-AZ DB cluster has.";
            case NOT_THIS_TABLE:
            case NOT_THIS_DATABASE:
                return "The database user may not ask for them. GRANT SELECT ON mysql.rds_topology TO it, and GRANT"
                        + " REPLICATION CLIENT ON *.* TO it.";
            case NOT_THIS_PRIVILEGE:
                return "The database user may not ask who the writer is. GRANT REPLICATION CLIENT ON *.* TO it.";
            default:
                return null;
        }
    }

    private static boolean isAurora(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(IS_AURORA)) {
            return found.next();
        }
    }

    private static View aurora(Connection connection, RdsHostName cluster, int port) throws SQLException {
        List<Member> members = new ArrayList<>();
        HostPort by = null;
        boolean hasWriter = false;
        try (Statement statement = connection.createStatement();
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
        String source = source(connection);
        List<Member> members = new ArrayList<>();
        HostPort by = null;
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(MULTI_AZ)) {
            while (rows.next()) {
                int own = rows.getInt(3);
                HostPort address = HostPort.of(rows.getString(2), own == 0 ? port : own);
                boolean itself = rows.getBoolean(4);
                boolean writer = source == null ? itself && !rows.getBoolean(5) : source.equals(rows.getString(1));
                members.add(new Member(address, writer ? Role.WRITER : Role.READER));
                by = itself ? address : by;
            }
        }
        return view(members, by);
    }

    /** The server id of whom it follows; null when it follows nobody. */
    private static String source(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet status = statement.executeQuery(SOURCE)) {
            if (!status.next()) {
                return null;
            }
            ResultSetMetaData columns = status.getMetaData();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                if (columns.getColumnLabel(i).toLowerCase(Locale.ROOT).equals("source_server_id")) {
                    return status.getString(i);
                }
            }
            return null;
        }
    }

    private static View view(List<Member> members, HostPort by) throws SQLException {
        if (members.isEmpty()) {
            throw new SQLException("the server names no instances", "02000");
        }
        return new View(members, by);
    }

    @Override
    public boolean isReader(Connection connection, boolean insist) throws SQLException {
        if (!insist) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("SELECT @@innodb_read_only OR @@read_only")) {
            answer.next();
            return answer.getBoolean(1);
        }
    }

    @Override
    public String toString() {
        return "SQL on the database";
    }
}
