package io.rdsagent.cli;

import io.rdsagent.connect.Evidence;
import io.rdsagent.connect.RefusedToken;
import io.rdsagent.driver.WireLogin;
import io.rdsagent.endpoint.Endpoint;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;

/** From the login to what the database says of itself. */
final class Server {

    private static final int NO_SUCH_TABLE = 1146;
    private static final int UNKNOWN_TABLE = 1109;

    private final JdbcTarget target;
    private final Endpoint endpoint;
    private final String user;
    private final Network network;
    private final Signature signature;
    private final Clock clock;
    private boolean loggedIn;

    Server(JdbcTarget target, Endpoint endpoint, String user, Network network, Signature signature, Clock clock) {
        this.target = target;
        this.endpoint = endpoint;
        this.user = user;
        this.network = network;
        this.signature = signature;
        this.clock = clock;
    }

    Step login() {
        WireLogin wire = network.login();
        if (wire == null || signature.signed() == null) {
            return Step.skipped(
                    "login", wire == null ? "there is no connection that a token may leave by" : "there is no token");
        }
        String grant = target.dialect().grant(user);
        try {
            String asks = wire.asks(user, database());
            if (asks != null) {
                return Step.wrong(
                        "login",
                        "The server asks the database user " + user + " for a password by " + asks
                                + ", so no token was sent. That user is not there, or is none of IAM: `" + grant
                                + "`.");
            }
            wire.password(signature.signed().text());
            loggedIn = true;
            return Step.right("login", "as " + user + (database().isEmpty() ? "" : " to " + database()));
        } catch (SQLException refused) {
            return Step.wrong("login", why(refused, grant));
        } catch (IOException broken) {
            return Step.wrong(
                    "login",
                    "The connection broke (" + broken.getMessage() + "). Try again; look at the server's log.");
        }
    }

    private String why(SQLException refused, String grant) {
        if (!target.dialect().isTokenRefused(refused)) {
            return "The server says: " + refused.getMessage() + " (SQLState " + refused.getSQLState()
                    + "). Check the database's name, and that the user may connect to it.";
        }
        return new RefusedToken(clock)
                .finding(new Evidence(
                        refused,
                        signature.signed(),
                        endpoint.address(),
                        network.certificateNames(),
                        signature::caller,
                        () -> null,
                        null,
                        grant))
                .toString();
    }

    /** PostgreSQL takes the user's name for want of another. */
    private String database() {
        return target.database().isEmpty() && target.isPostgres() ? user : target.database();
    }

    Step role() {
        if (!loggedIn) {
            return Step.skipped("role", "there is no login");
        }
        try {
            List<List<String>> answer = network.login()
                    .query(
                            target.isPostgres()
                                    ? "SELECT pg_is_in_recovery()"
                                    : "SELECT @@read_only, @@innodb_read_only");
            boolean reader = answer.get(0).contains("t")
                    || answer.get(0).contains("1")
                    || answer.get(0).contains("ON");
            return Step.right("role", reader ? "a reader: it takes no writes" : "a writer");
        } catch (SQLException | IOException refused) {
            return Step.skipped("role", "the server does not tell (" + refused.getMessage() + ")");
        }
    }

    Step topology() {
        if (!loggedIn) {
            return Step.skipped("topology", "there is no login");
        }
        try {
            return target.isPostgres() ? ofPostgres() : ofMysql();
        } catch (IOException broken) {
            return Step.skipped("topology", "the connection broke (" + broken.getMessage() + ")");
        }
    }

    private Step ofPostgres() throws IOException {
        try {
            if (is("SELECT to_regproc('aurora_replica_status') IS NOT NULL")) {
                return instances("SELECT server_id FROM aurora_replica_status()", "Aurora's own function");
            }
            if (is("SELECT to_regproc('rds_tools.show_topology') IS NOT NULL")) {
                return instances("SELECT endpoint FROM rds_tools.show_topology()", "rds_tools.show_topology()");
            }
            return Step.skipped(
                    "topology", "no Aurora, and no extension rds_tools: an instance by itself needs neither");
        } catch (SQLException denied) {
            return Step.wrong(
                    "topology",
                    denied.getMessage() + ". As an administrator: GRANT USAGE ON SCHEMA rds_tools TO " + user
                            + "; GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA rds_tools TO " + user + ";");
        }
    }

    private Step ofMysql() throws IOException {
        for (String table : new String[] {"information_schema.replica_host_status", "mysql.rds_topology"}) {
            try {
                String column = table.startsWith("mysql") ? "endpoint" : "server_id";
                return instances("SELECT " + column + " FROM " + table, table);
            } catch (SQLException refused) {
                if (refused.getErrorCode() != NO_SUCH_TABLE && refused.getErrorCode() != UNKNOWN_TABLE) {
                    return Step.wrong(
                            "topology",
                            refused.getMessage() + ". As an administrator: GRANT SELECT ON " + table + " TO '" + user
                                    + "'@'%';");
                }
            }
        }
        return Step.skipped(
                "topology", "no Aurora, and no table mysql.rds_topology: an instance by itself needs neither");
    }

    private boolean is(String question) throws SQLException, IOException {
        return "t".equals(network.login().query(question).get(0).get(0));
    }

    private Step instances(String question, String by) throws SQLException, IOException {
        StringBuilder names = new StringBuilder();
        for (List<String> row : network.login().query(question)) {
            names.append(names.length() == 0 ? "" : ", ").append(row.get(0));
        }
        return Step.right("topology", names + ", by " + by);
    }
}
