package io.rdsagent.connect;

import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.event.Cause;
import io.rdsagent.tls.CertificateNames;
import io.rdsagent.token.Caller;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Why a server refused a token. It says the same whatever the reason is, so what can be known is looked at, from the most
 * certain on; the policy, which nobody can read from here, is what is left when all else is right.
 */
public final class RefusedToken {

    private static final Duration SKEW_WORTH_A_WORD = Duration.ofMinutes(1);
    /** Who was let in so lately has the policy and the grant. */
    private static final Duration LATELY = Duration.ofMinutes(15);

    private static final String[] THROTTLED = {"rate limit exceeded", "throttl", "too many requests"};

    private final Clock clock;

    public RefusedToken(Clock clock) {
        this.clock = clock;
    }

    public Finding finding(Evidence evidence) {
        Finding finding = ofItsWords(evidence);
        finding = finding == null ? ofWhatWasSigned(evidence) : finding;
        finding = finding == null ? ofTheUser(evidence) : finding;
        if (finding != null) {
            return finding;
        }
        Caller caller = evidence.caller.get();
        finding = ofTheCredentials(evidence, caller);
        finding = finding == null ? ofTheClock(evidence, caller) : finding;
        return finding == null ? ofWhatIsLeft(evidence, caller) : finding;
    }

    private static Finding ofItsWords(Evidence evidence) {
        if ("28P01".equals(evidence.refusal.getSQLState())) {
            return new Finding(
                    Cause.USER_NOT_IAM,
                    "The server took the token for a password (" + words(evidence) + "). So the database user "
                            + evidence.token.request().user() + " is not there, or is none of IAM: `" + evidence.grant
                            + "`.");
        }
        String lower = words(evidence).toLowerCase(Locale.ROOT);
        for (String word : THROTTLED) {
            if (lower.contains(word)) {
                return new Finding(
                        Cause.THROTTLED,
                        "The server limits how many log in with tokens (" + words(evidence)
                                + "). RDS takes 200 new ones"
                                + " a second: have fewer connections opened at once, or a pool keep them longer.");
            }
        }
        return null;
    }

    private static Finding ofTheUser(Evidence evidence) {
        String asks = evidence.asks.get();
        return asks == null
                ? null
                : new Finding(
                        Cause.USER_NOT_IAM,
                        "The server asks the database user "
                                + evidence.token.request().user() + " for a password by " + asks + " ("
                                + words(evidence) + "). So he is not there, or is none of IAM: `" + evidence.grant
                                + "`.");
    }

    private static Finding ofWhatWasSigned(Evidence evidence) {
        TokenRequest request = evidence.token.request();
        RdsHostName name = RdsHostName.parse(request.host());
        if (name != null && !name.region().equals(request.region())) {
            return new Finding(
                    Cause.WRONG_REGION,
                    refused(evidence) + "It was signed for the region " + request.region() + ", but " + request.host()
                            + " is in " + name.region() + ". Correct `region`, or leave it out: the name says it.");
        }
        if (isAnotherName(evidence)) {
            return new Finding(
                    Cause.SIGNED_FOR_ANOTHER_NAME,
                    refused(evidence) + "It was signed for " + request.host() + ":" + request.port()
                            + ", but the server's certificate is for " + String.join(", ", evidence.certificateNames)
                            + ". Set `sign-for` to the RDS endpoint that is behind " + evidence.dialled + ".");
        }
        if (isAnotherPort(evidence)) {
            return new Finding(
                    Cause.SIGNED_FOR_ANOTHER_NAME,
                    refused(evidence) + "It was signed for port " + request.port() + ", but " + evidence.dialled
                            + " was dialled. Correct the port in `sign-for`.");
        }
        return null;
    }

    private static boolean isAnotherName(Evidence evidence) {
        Set<String> names = evidence.certificateNames;
        return names != null
                && !names.isEmpty()
                && !CertificateNames.holds(names, evidence.token.request().host());
    }

    /** Of the endpoint itself; a tunnel has a port of its own. */
    private static boolean isAnotherPort(Evidence evidence) {
        HostPort dialled = evidence.dialled;
        TokenRequest request = evidence.token.request();
        return dialled.host().equalsIgnoreCase(request.host()) && dialled.port() != request.port();
    }

    private Finding ofTheCredentials(Evidence evidence, Caller caller) {
        Token token = evidence.token;
        if (caller.verdict() == Caller.Verdict.EXPIRED
                || (token.expiresAt().isBefore(clock.instant())
                        && token.age(clock).compareTo(Token.LIFETIME) < 0)) {
            return new Finding(
                    Cause.CREDENTIALS_EXPIRED,
                    refused(evidence) + "The credentials that signed it have expired ("
                            + (caller.verdict() == Caller.Verdict.EXPIRED ? caller.why() : token.signedBy())
                            + "), and a token dies with them. Renew them: a process that is given temporary ones by the"
                            + " environment never gets others; a role, a profile or a metadata service renews them.");
        }
        if (caller.verdict() == Caller.Verdict.INVALID) {
            return new Finding(
                    Cause.CREDENTIALS_INVALID,
                    refused(evidence) + caller.why() + ". Check for a slip in them, and that they were not deleted or"
                            + " deactivated.");
        }
        return null;
    }

    private Finding ofTheClock(Evidence evidence, Caller caller) {
        Duration ahead = caller.hostAhead() == null ? evidence.token.hostAhead() : caller.hostAhead();
        boolean isOff = ahead != null && ahead.abs().compareTo(SKEW_WORTH_A_WORD) >= 0;
        if (isOff || caller.verdict() == Caller.Verdict.CLOCK_WRONG) {
            return new Finding(
                    Cause.CLOCK_WRONG,
                    refused(evidence) + "This host's clock "
                            + (isOff
                                    ? "was " + ahead.abs().getSeconds() + " s "
                                            + (ahead.isNegative() ? "behind" : "ahead of")
                                            + " AWS's when AWS last answered"
                                    : "is wrong, says AWS")
                            + ", and a token is good for 15 minutes from its own time on: set the clock right (NTP).");
        }
        if (evidence.token.age(clock).compareTo(Token.LIFETIME) >= 0) {
            return new Finding(
                    Cause.TOKEN_TOO_OLD,
                    refused(evidence) + "It was "
                            + evidence.token.age(clock).getSeconds()
                            + " s old, and is good for 15 minutes. The login took too long to reach the server, or this"
                            + " host's clock was set.");
        }
        return null;
    }

    private Finding ofWhatIsLeft(Evidence evidence, Caller caller) {
        TokenRequest request = evidence.token.request();
        if (evidence.sinceSuccess != null && evidence.sinceSuccess.compareTo(LATELY) < 0) {
            return new Finding(
                    Cause.THROTTLED,
                    refused(evidence) + "But " + request.user() + " was let in with the same identity "
                            + evidence.sinceSuccess.getSeconds()
                            + " s ago, so policy and grant are there: RDS likely limits how many log in (200 new IAM"
                            + " connections a second), is short of memory or CPU, or the policy was taken away since. Have"
                            + " fewer connections opened at once; look at IamDbAuthConnectionFailureThrottling in CloudWatch.");
        }
        if (caller.verdict() == Caller.Verdict.VALID) {
            return new Finding(
                    Cause.POLICY_MISSING,
                    refused(evidence)
                            + "User, name, region, clock and credentials were looked at and are right, so most"
                            + " likely the policy of " + caller.arn()
                            + " does not allow rds-db:connect on the database's resource id (db-... or cluster-..., not its"
                            + " name) and the user " + request.user()
                            + ". `java -jar rds-jdbc-agent.jar policy` prints the one that is needed. Else IAM"
                            + " authentication is not switched on for the database.");
        }
        return new Finding(
                Cause.TOKEN_REFUSED,
                refused(evidence) + signed(evidence) + "User, name and region were looked at and are right; whether the"
                        + " credentials are good and the clock is right could not be asked (" + caller.why()
                        + "). Check in this order: does the policy of that identity allow rds-db:connect on the database's"
                        + " resource id (db-... or cluster-..., not its name) and the user " + request.user()
                        + "; are the credentials good; is this host's clock right; is IAM authentication switched on"
                        + " there.");
    }

    private static String refused(Evidence evidence) {
        return "The server refused the token (" + words(evidence) + "). ";
    }

    private String signed(Evidence evidence) {
        TokenRequest request = evidence.token.request();
        return "It was signed " + evidence.token.age(clock).getSeconds() + " s ago for " + request.host() + ":"
                + request.port() + " in " + request.region() + " by " + evidence.token.signedBy() + ". ";
    }

    private static String words(Evidence evidence) {
        return Words.of(evidence.refusal);
    }
}
