package io.rdsagent.connect;

import io.rdsagent.driver.Dialect;
import io.rdsagent.tls.TlsFailure;
import io.rdsagent.token.Token;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
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

    /** @param dialect the driver's, that knows which failure is a refusal and what makes a user one of IAM */
    String of(SQLException failure, Attempt attempt, Dialect dialect) {
        if (attempt.withoutToken() != null) {
            return attempt.withoutToken().getMessage();
        }
        if (attempt.wasPlainText()) {
            return "The driver did not begin TLS, so no token was sent. Set `tls` to verify-full, or update the driver.";
        }
        if (attempt.stranger() != null) {
            return attempt.stranger();
        }
        if (attempt.hasExpired()) {
            return "No answer within " + attempt.givenMillis()
                    + " ms. Check that the network lets this host through to it"
                    + " (security group, route), and that the database is up." + silence(attempt);
        }
        String network = network(failure, attempt);
        if (network != null) {
            return network;
        }
        if (dialect.isTokenRefused(failure)) {
            return refused(failure, attempt, dialect);
        }
        TlsFailure tls = TlsFailure.of(failure);
        return tls == null ? rejected(failure, attempt) : tls.toString();
    }

    private static String rejected(SQLException failure, Attempt attempt) {
        if ("08004".equals(failure.getSQLState()) && !attempt.isIam()) {
            return words(failure) + ". No token was used: the host is no RDS host name, or the application brings a"
                    + " password. If it is to log in with IAM, set `iam` to always and `sign-for` to the RDS endpoint"
                    + " behind this name.";
        }
        if ("08004".equals(failure.getSQLState())) {
            return "The server speaks no TLS, so no token was sent (" + words(failure)
                    + "). Check that host and port lead to RDS itself, and switch TLS on there.";
        }
        return words(failure) + cause(failure) + ". Check that the database is up and takes connections.";
    }

    /** A MySQL client waits for a greeting, and what makes TLS by itself for the client to begin. */
    private static String silence(Attempt attempt) {
        return attempt.elsewhere() == null
                ? ""
                : " A balancer that ends TLS keeps silent like this, too: let it pass TLS through.";
    }

    private static String network(Throwable failure, Attempt attempt) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return "The name " + attempt.endpoint().address().host()
                        + " is not known here. Check it for a slip, and this host's DNS.";
            }
            if (cause instanceof SocketTimeoutException) {
                return "No answer in time. Check that the network lets this host through to it (security group, route),"
                        + " and that the database is up." + silence(attempt);
            }
            if (cause instanceof NoRouteToHostException) {
                return "There is no route to it. Check this host's network and the security group.";
            }
            if (cause instanceof EOFException || isReset(cause)) {
                return "It hung up while the connection was being made. The server may be starting or stopping; a balancer"
                        + " before it may have no backend that is up, or not pass TLS through.";
            }
            if (cause instanceof ConnectException) {
                return "The connection was refused: nothing listens there. Check host and port, and that the database"
                        + " is up.";
            }
        }
        return null;
    }

    private static boolean isReset(Throwable cause) {
        return cause instanceof SocketException
                && String.valueOf(cause.getMessage()).contains("reset");
    }

    private String refused(SQLException failure, Attempt attempt, Dialect dialect) {
        Token token = attempt.token();
        String user = attempt.user();
        if (token == null) {
            return "The server refused the application's own login (" + words(failure)
                    + "). No token was used: set `iam` to always if it is to log in with IAM.";
        }
        if ("28P01".equals(failure.getSQLState())) {
            return "The server took the token for a password (" + words(failure) + "). So the database user " + user
                    + " is not there, or is none of IAM: `" + dialect.grant(user) + "`.";
        }
        return "The server refused the token (" + words(failure) + "). " + clockOf(token) + "It was signed "
                + token.age(clock).getSeconds() + " s ago for "
                + token.request().host() + ":"
                + token.request().port() + " in " + token.request().region() + " by " + token.signedBy()
                + ". Check in this order: is the database user " + user
                + " one of IAM (`" + dialect.grant(user) + "`); does the policy of that identity allow"
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

    /** What lies at the bottom of it, where the driver's own words are no more than that it failed. */
    private static String cause(SQLException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure || root.getMessage() == null ? "" : " (" + root.getMessage() + ")";
    }

    private static String words(SQLException failure) {
        String message = failure.getMessage();
        if (message == null || message.isEmpty()) {
            return "The driver gave no reason, SQLState " + failure.getSQLState();
        }
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
    }
}
