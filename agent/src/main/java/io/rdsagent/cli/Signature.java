package io.rdsagent.cli;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.connect.Tokens;
import io.rdsagent.endpoint.Endpoint;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.token.Caller;
import io.rdsagent.token.SdkSigner;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenException;
import io.rdsagent.token.TokenRequest;
import java.time.Clock;
import java.time.Duration;

/** From the credentials to the token. */
final class Signature {

    private static final Duration SKEW = Duration.ofMinutes(1);

    private final DatabaseConfig database;
    private final Endpoint endpoint;
    private final String user;
    private final SdkSigner signer;
    private TokenRequest request;
    private Caller caller;
    private Token token;

    Signature(DatabaseConfig database, Endpoint endpoint, String user, Clock clock) {
        this.database = database;
        this.endpoint = endpoint;
        this.user = user;
        this.signer = new SdkSigner(clock);
    }

    Step region() {
        try {
            request = Tokens.request(database, endpoint.signingName(), user, System::getenv);
        } catch (TokenException unknown) {
            return Step.wrong("region", unknown.getMessage());
        }
        RdsHostName name = RdsHostName.parse(request.host());
        if (name != null && !name.region().equals(request.region())) {
            return Step.wrong(
                    "region",
                    request.region() + " is configured, but " + request.host() + " is in " + name.region()
                            + ". Correct `region`, or leave it out: the name says it.");
        }
        return Step.right("region", request.region() + (name == null ? ", as configured" : ", as the name says"));
    }

    /** Null when it is not known. */
    String knownRegion() {
        if (request == null) {
            region();
        }
        return request == null ? null : request.region();
    }

    Step credentials() {
        if (request == null) {
            return Step.skipped("credentials", "without a region nobody can be asked");
        }
        caller = signer.caller(request);
        switch (caller.verdict()) {
            case VALID:
                return Step.right("credentials", "of " + caller.arn() + ", from " + request.identity());
            case UNKNOWN:
                return Step.skipped(
                        "credentials",
                        "from " + request.identity() + "; whose they are could not be asked (" + caller.why() + ")");
            case NONE:
                return Step.wrong("credentials", caller.why());
            default:
                return Step.wrong(
                        "credentials",
                        caller.why() + ". Renew or correct them; `profile` and `role-arn` choose others.");
        }
    }

    Step clock() {
        Duration ahead = caller == null ? null : caller.hostAhead();
        if (ahead == null) {
            return Step.skipped("clock", "AWS did not answer, so there is nothing to compare it with");
        }
        String said = ahead.abs().getSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " AWS's";
        return ahead.abs().compareTo(SKEW) < 0
                ? Step.right("clock", said)
                : Step.wrong(
                        "clock", said + ". A token is good for 15 minutes from its own time on: set it right (NTP).");
    }

    Step token() {
        if (request == null || caller.verdict() == Caller.Verdict.NONE) {
            return Step.skipped("token", "there is nothing to sign it with");
        }
        try {
            token = signer.sign(request);
            return Step.right(
                    "token",
                    "signed for " + request.user() + " at " + request.host() + ":" + request.port() + ", good until "
                            + token.expiresAt());
        } catch (TokenException none) {
            return Step.wrong("token", none.getMessage());
        }
    }

    /** Null when there is none. */
    Token signed() {
        return token;
    }

    Caller caller() {
        return caller;
    }
}
