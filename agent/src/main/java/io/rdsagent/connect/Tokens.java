package io.rdsagent.connect;

import io.rdsagent.config.DatabaseConfig;
import io.rdsagent.config.HostPort;
import io.rdsagent.endpoint.RdsHostName;
import io.rdsagent.token.Identity;
import io.rdsagent.token.Token;
import io.rdsagent.token.TokenException;
import io.rdsagent.token.TokenRequest;
import io.rdsagent.token.TokenSource;
import java.lang.ref.WeakReference;
import java.time.Duration;

/** Asks for a token as a database's configuration says. */
public final class Tokens {

    private final TokenSource source;
    private final Environment environment;

    /** What a thread has asked for last: it also hears how that was received. Weak, so that a thread keeps nothing alive. */
    @SuppressWarnings("ThreadLocalUsage") // There is one of this class, and it lives as long as the JVM.
    private final ThreadLocal<WeakReference<Token>> sent = new ThreadLocal<>();

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
        Token token = source.token(request(config, signingName, user, environment), limit);
        sent.set(new WeakReference<>(token));
        return token;
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

    /** A server has refused it: nobody gets it any more. */
    void reject(Token token) {
        source.reject(token);
    }

    /**
     * A server has refused to let this thread in. Of a login that a driver makes by itself, after a lost connection or to
     * kill a query, nobody else hears.
     */
    void rejectSent() {
        WeakReference<Token> last = sent.get();
        Token token = last == null ? null : last.get();
        if (token != null) {
            reject(token);
        }
        forgetSent();
    }

    /** The login is over: what is refused to this thread from now on is not its token. */
    void forgetSent() {
        sent.remove();
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
