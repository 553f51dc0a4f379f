package io.rdsagent.token;

import java.util.Locale;
import java.util.Objects;

/** For whom a token is signed. A server accepts it for exactly this host, port and user. */
public final class TokenRequest {

    private final String host;
    private final int port;
    private final String user;
    private final String region;
    private final Identity identity;
    private final int hash;

    /**
     * @param host the signing name; lower-cased here, because the SDK signs it verbatim and RDS compares it in lower case
     * @param port 1 to 65535
     * @param user the database user, case-sensitive
     * @param region such as {@code eu-west-1}
     * @throws IllegalArgumentException if the port is out of range
     * @throws NullPointerException if any other argument is null
     */
    public TokenRequest(String host, int port, String user, String region, Identity identity) {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
        }
        this.host = host.toLowerCase(Locale.ROOT);
        this.port = port;
        this.user = Objects.requireNonNull(user, "user");
        this.region = Objects.requireNonNull(region, "region");
        this.identity = Objects.requireNonNull(identity, "identity");
        this.hash = ((31 * this.host.hashCode() + port) * 31 + user.hashCode()) * 31 + identity.hashCode();
    }

    public String host() {
        return host;
    }

    public int port() {
        return port;
    }

    public String user() {
        return user;
    }

    public String region() {
        return region;
    }

    public Identity identity() {
        return identity;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof TokenRequest && same((TokenRequest) other));
    }

    private boolean same(TokenRequest other) {
        return port == other.port
                && host.equals(other.host)
                && user.equals(other.user)
                && region.equals(other.region)
                && identity.equals(other.identity);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return user + "@" + host + ":" + port + " in " + region + " by " + identity;
    }
}
