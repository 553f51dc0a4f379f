package io.rdsagent.connect;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.token.Identity;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenException;
import io.rdsagent.token.TokenRequest;
import io.rdsagent.token.TokenSource;
import java.time.Duration;

/** Asks for a token as a database's configuration says. */
public final class Tokens {

    private final TokenSource source;
    private final Environment environment;

    /** Null where there is no such variable. */
    public interface Environment {
        String get(String name);
    }

    Tokens(TokenSource source, Environment environment) {
        this.source = source;
        this.environment = environment;
    }

    /** @param limit how long the login may wait for it */
    Token token(DatabaseConfig config, HostPort signingName, String user, Duration limit) throws TokenException {
        return source.token(request(config, signingName, user, environment), limit);
    }

    /** For whom the token of a login is signed, and by whom. */
    public static TokenRequest request(
            DatabaseConfig config, HostPort signingName, String user, Environment environment) throws TokenException {
        return new TokenRequest(
                signingName.host(),
                signingName.port(),
                user,
                checkedRegion(config, signingName, environment),
                new Identity(config.profile(), config.roleArn(), config.externalId()));
    }

    void reject(Token token) {
        source.reject(token);
    }

    private static String checkedRegion(DatabaseConfig config, HostPort signingName, Environment environment)
            throws TokenException {
        String region = region(config, signingName, environment);
        if (region == null) {
            throw new TokenException(
                    "The region of " + signingName.host() + " is not known, since it is not an RDS host name.",
                    "Set `region`, or `sign-for` to the RDS endpoint that this name stands for.");
        }
        return region;
    }

    /** As configured, as the host's name says, as the environment says; null if none does. */
    String region(DatabaseConfig config, HostPort signingName) {
        return region(config, signingName, environment);
    }

    private static String region(DatabaseConfig config, HostPort signingName, Environment environment) {
        if (config.region() != null) {
            return config.region();
        }
        RdsHostName name = RdsHostName.parse(signingName.host());
        if (name != null) {
            return name.region();
        }
        String region = said("AWS_REGION", environment);
        return region == null ? said("AWS_DEFAULT_REGION", environment) : region;
    }

    /** Null also for an empty one, as containers have it. */
    private static String said(String name, Environment environment) {
        String value = environment.get(name);
        return value == null || value.trim().isEmpty() ? null : value.trim();
    }
}
