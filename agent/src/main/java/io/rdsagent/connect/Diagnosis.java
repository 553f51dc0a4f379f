package io.rdsagent.connect;

import io.rdsagent.config.HostPort;
import io.rdsagent.tls.TlsFailure;
import io.rdsagent.token.Token;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Says in sentences why an attempt failed, and what a person can do. */
final class Diagnosis {

    private static final Duration SKEW_WORTH_A_WORD = Duration.ofMinutes(1);

    private final Clock clock;

    Diagnosis(Clock clock) {
        this.clock = clock;
    }

    /** @param refused whether the server refused the login */
    String of(SQLException failure, Attempt attempt, String user, boolean refused, long budgetMillis) {
        if (attempt.withoutToken() != null) {
            return attempt.withoutToken().getMessage();
        }
        if (attempt.wasPlainText()) {
            return "The driver did not begin TLS, so no token was sent. Set `tls` to verify-full, or update the driver.";
        }
        if (attempt.hasExpired()) {
            return "No answer within " + budgetMillis + " ms. Check that the network lets this host through to it"
                    + " (security group, route), and that the database is up.";
        }
        String network = network(failure, attempt.endpoint().address());
        if (network != null) {
            return network;
        }
        if (refused) {
            return refused(failure, attempt, user);
        }
        return tls(failure);
    }

    private static String tls(SQLException failure) {
        TlsFailure tls = TlsFailure.of(failure);
        if (tls != null) {
            return tls.toString();
        }
        if ("08004".equals(failure.getSQLState())) {
            return "The server speaks no TLS, so no token was sent (" + words(failure)
                    + "). Check that host and port lead to RDS itself, and switch TLS on there.";
        }
        return words(failure) + ". Check that the database is up and takes connections.";
    }

    private static String network(Throwable failure, HostPort address) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "The name " + address.host() + " is not known here. Check it for a slip, and this host's DNS.";
            }
            if (cause instanceof SocketTimeoutException) {
                return "No answer in time. Check that the network lets this host through to it (security group, route),"
                        + " and that the database is up.";
            }
            if (cause instanceof NoRouteToHostException) {
                return "There is no route to it. Check this host's network and the security group.";
            }
            if (cause instanceof ConnectException) {
                return "The connection was refused: nothing listens there. Check host and port, and that the database"
                        + " is up.";
            }
        }
        return null;
    }

    private String refused(SQLException failure, Attempt attempt, String user) {
        Token token = attempt.token();
        if (token == null) {
            return "The server refused the application's own login (" + words(failure)
                    + "). No token was used: set `iam` to always if it is to log in with IAM.";
        }
        return "The server refused the token (" + words(failure) + "). " + clockOf(token) + "It was signed "
                + token.age(clock).getSeconds() + " s ago for "
                + token.request().host() + ":"
                + token.request().port() + " in " + token.request().region() + " by " + token.signedBy()
                + ". Check in this order: does the database user " + user
                + " have rds_iam (`GRANT rds_iam TO " + user + "`); does the policy of that identity allow"
                + " rds-db:connect on the database's resource id (db-... or cluster-..., not its name) and this user;"
                + " is IAM authentication switched on there; is the region right; have its credentials expired;"
                + " is this host's clock right (it says "
                + clock.instant().truncatedTo(ChronoUnit.SECONDS) + ")?";
    }

    /** PostgreSQL refuses a login without a word about time: what AWS answered is all that there is to compare with. */
    private static String clockOf(Token token) {
        Duration ahead = token.hostAhead();
        if (ahead == null || ahead.abs().compareTo(SKEW_WORTH_A_WORD) < 0) {
            return "";
        }
        return "This host's clock was " + ahead.abs().getSeconds() + " s "
                + (ahead.isNegative() ? "behind" : "ahead of")
                + " AWS's when AWS last answered, and a token is good for 15 minutes from its own time on: set the clock"
                + " right (NTP) first. ";
    }

    private static String words(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
