package io.rdsagent.connect;

import io.rdsagent.driver.Dialect;
import io.rdsagent.event.Cause;
import io.rdsagent.event.Circumstances;
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
import java.util.regex.Pattern;

/** Works out why an attempt failed, and says in sentences what a person can do. */
final class Diagnosis {

    /** Connector/J's and MariaDB's. */
    private static final Pattern WITHOUT_TLS = Pattern.compile("SSL Connection required|ssl not enabled");

    private static final int MYSQL_FULL = 1040;
    private static final String POSTGRES_FULL = "53300";

    private final Clock clock;
    private final RefusedToken refusedToken;
    private final Inquiries inquiries;

    Diagnosis(Clock clock, Inquiries inquiries) {
        this.clock = clock;
        this.refusedToken = new RefusedToken(clock);
        this.inquiries = inquiries;
    }

    /** @param dialect the driver's, that knows which failure is a refusal and what makes a user one of IAM */
    Finding of(SQLException failure, Attempt attempt, Dialect dialect) {
        if (attempt.withoutToken() != null) {
            return new Finding(Cause.NO_TOKEN, attempt.withoutToken().getMessage());
        }
        if (attempt.wasPlainText()) {
            return new Finding(
                    Cause.PLAIN_TEXT,
                    "The driver did not begin TLS, so no token was sent. Set `tls` to verify-full, or update the"
                            + " driver.");
        }
        if (attempt.stranger() != null) {
            return new Finding(Cause.SIGNED_FOR_ANOTHER_NAME, attempt.stranger());
        }
        if (attempt.hasExpired()) {
            return new Finding(
                    Cause.NO_ANSWER,
                    waited(attempt)
                            + " Check that the network lets this host through to it"
                            + " (security group, route), and that the database is up." + silence(attempt));
        }
        Finding network = network(failure, attempt);
        if (network != null) {
            return network;
        }
        if (dialect.isTokenRefused(failure)) {
            return refused(failure, attempt, dialect);
        }
        TlsFailure tls = TlsFailure.of(failure);
        return tls == null ? rejected(failure, attempt, dialect) : new Finding(Cause.TLS, tls.toString());
    }

    private static String waited(Attempt attempt) {
        return attempt.whyGivenUp() == null
                ? "No answer within " + attempt.givenMillis() + " ms."
                : "No answer, and " + attempt.whyGivenUp() + ", so it was waited for no longer.";
    }

    /** What was seen of it, for who looks into it further. */
    Circumstances circumstances(SQLException failure, Attempt attempt) {
        Token token = attempt.token();
        Way way = attempt.way();
        return new Circumstances(
                way.from(),
                way.to(),
                tls(failure, way),
                way.certificateNames() == null ? null : String.join(", ", way.certificateNames()),
                token == null ? null : token.age(clock),
                token == null ? null : token.signedBy(),
                token == null ? null : token.request().region());
    }

    /** Of pgjdbc, whose words are translated, the SQLState, which MySQL has for a server that is full; of the others the words. */
    private static boolean isWithoutTls(SQLException failure) {
        if ("08004".equals(failure.getSQLState()) && failure.getErrorCode() == 0) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause.getMessage() != null
                    && WITHOUT_TLS.matcher(cause.getMessage()).find()) {
                return true;
            }
        }
        return false;
    }

    /** Null when it was not to be begun yet. */
    private static String tls(SQLException failure, Way way) {
        if (way.tls() != null || way.from() == null) {
            return way.tls();
        }
        TlsFailure ended = TlsFailure.of(failure);
        return way.hasBegunTls()
                ? "ended in the handshake" + (ended == null ? "" : ", " + ended.kind())
                : "was not begun";
    }

    private static Finding rejected(SQLException failure, Attempt attempt, Dialect dialect) {
        if (failure instanceof DriversFault) {
            return new Finding(
                    Cause.OTHER,
                    "The driver itself failed (" + Words.of(failure)
                            + "). Its jar may lack what it needs, or it has a fault: try another version of it.");
        }
        if (failure.getErrorCode() == MYSQL_FULL || POSTGRES_FULL.equals(failure.getSQLState())) {
            return new Finding(
                    Cause.OTHER,
                    Words.of(failure)
                            + ". The server has as many connections as it takes: open fewer (the pools' sizes,"
                            + " the number of hosts), or raise max_connections there.");
        }
        if ("08004".equals(failure.getSQLState()) && !attempt.isIam()) {
            return new Finding(
                    Cause.OWN_LOGIN_REFUSED,
                    Words.of(failure) + ". No token was used: the host is no RDS host name, or the application brings a"
                            + " password. If it is to log in with IAM, set `iam` to always and `sign-for` to the RDS"
                            + " endpoint behind this name.");
        }
        if ("08004".equals(failure.getSQLState()) && attempt.way().tls() != null) {
            return new Finding(
                    Cause.USER_NOT_IAM,
                    "The server asks for another password than a token (" + Words.of(failure)
                            + "). So the database user " + attempt.user() + " is not there, or is none of IAM: `"
                            + dialect.grant(attempt.user()) + "`.");
        }
        if (isWithoutTls(failure)) {
            return new Finding(
                    Cause.PLAIN_TEXT,
                    "The server speaks no TLS, so no token was sent (" + Words.of(failure)
                            + "). Check that host and port lead to RDS itself, and switch TLS on there.");
        }
        return new Finding(
                Cause.OTHER,
                Words.of(failure) + cause(failure) + ". Check that the database is up and takes connections.");
    }

    /** A MySQL client waits for a greeting, and what makes TLS by itself for the client to begin. */
    private static String silence(Attempt attempt) {
        return attempt.elsewhere() == null
                ? ""
                : " A balancer that ends TLS keeps silent like this, too: let it pass TLS through.";
    }

    private static Finding network(Throwable failure, Attempt attempt) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return new Finding(
                        Cause.NAME_UNKNOWN,
                        "The name " + attempt.endpoint().address().host()
                                + " is not known here. Check it for a slip, and this host's DNS.");
            }
            if (cause instanceof SocketTimeoutException) {
                return new Finding(
                        Cause.NO_ANSWER,
                        "No answer in time. Check that the network lets this host through to it (security group, route),"
                                + " and that the database is up." + silence(attempt));
            }
            if (cause instanceof NoRouteToHostException) {
                return new Finding(
                        Cause.NO_ROUTE, "There is no route to it. Check this host's network and the security group.");
            }
            if (cause instanceof EOFException || isReset(cause)) {
                return new Finding(
                        Cause.HUNG_UP,
                        "It hung up while the connection was being made. The server may be starting or stopping; a"
                                + " balancer before it may have no backend that is up, or not pass TLS through.");
            }
            if (cause instanceof ConnectException) {
                return new Finding(
                        Cause.REFUSED_CONNECTION,
                        "The connection was refused: nothing listens there. Check host and port, and that the database"
                                + " is up.");
            }
        }
        return null;
    }

    private static boolean isReset(Throwable cause) {
        return cause instanceof SocketException
                && String.valueOf(cause.getMessage()).contains("reset");
    }

    private Finding refused(SQLException failure, Attempt attempt, Dialect dialect) {
        Token token = attempt.token();
        if (token == null) {
            return new Finding(
                    Cause.OWN_LOGIN_REFUSED,
                    "The server refused the application's own login (" + Words.of(failure)
                            + "). No token was used: set `iam` to always if it is to log in with IAM.");
        }
        return refusedToken.finding(new Evidence(
                failure,
                token,
                attempt.endpoint().address(),
                attempt.way().certificateNames(),
                () -> inquiries.caller(token.request()),
                () -> inquiries.asks(attempt.endpoint(), attempt.user(), dialect),
                inquiries.sinceSuccess(token.request()),
                dialect.grant(attempt.user())));
    }

    /** What lies at the bottom of it, where the driver's own words are no more than that it failed. */
    private static String cause(SQLException failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == failure || root.getMessage() == null ? "" : " (" + root.getMessage() + ")";
    }
}
