package io.rdsagent.connect;

import io.rdsagent.config.HostPort;
import io.rdsagent.token.Caller;
import io.rdsagent.token.Token;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;

/** All that is known of a token which a server refused. */
public final class Evidence {

    final SQLException refusal;
    final Token token;
    final HostPort dialled;
    final Set<String> certificateNames;
    final Supplier<Caller> caller;
    final Supplier<String> asks;
    final Duration sinceSuccess;
    final String grant;

    /**
     * @param dialled where the socket went
     * @param certificateNames those in the server's certificate; null when it was not seen
     * @param caller says whose the credentials are; asked where nothing else tells the cause, and may take seconds
     * @param asks says how the server asks this user for a password, and may take seconds; null for clear text, or when that
     *     is not known
     * @param sinceSuccess since the same user was let in with the same identity; null when he never was
     * @param grant by which a database user becomes one of IAM
     */
    public Evidence(
            SQLException refusal,
            Token token,
            HostPort dialled,
            Set<String> certificateNames,
            Supplier<Caller> caller,
            Supplier<String> asks,
            Duration sinceSuccess,
            String grant) {
        this.refusal = refusal;
        this.token = token;
        this.dialled = dialled;
        this.certificateNames = certificateNames;
        this.caller = caller;
        this.asks = asks;
        this.sinceSuccess = sinceSuccess;
        this.grant = grant;
    }
}
