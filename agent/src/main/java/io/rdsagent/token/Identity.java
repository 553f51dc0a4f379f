package io.rdsagent.token;

import java.util.Objects;

/** Whose AWS credentials sign: the default chain's, a profile's, or those of a role that one of the two assumes. */
public final class Identity {

    /** The SDK's default credentials chain, no role. */
    public static final Identity DEFAULT = new Identity(null, null);

    private final String profile;
    private final String roleArn;

    /**
     * @param profile name in the AWS configuration files; null or empty: the default chain
     * @param roleArn role to assume with those credentials; null or empty: none
     */
    public Identity(String profile, String roleArn) {
        this.profile = emptyToNull(profile);
        this.roleArn = emptyToNull(roleArn);
    }

    /** Null: the default chain. */
    public String profile() {
        return profile;
    }

    /** Null: no role is assumed. */
    public String roleArn() {
        return roleArn;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identity
                && Objects.equals(profile, ((Identity) other).profile)
                && Objects.equals(roleArn, ((Identity) other).roleArn);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(profile) + Objects.hashCode(roleArn);
    }

    /** For logs; holds no secret. */
    @Override
    public String toString() {
        String base = profile == null ? "the default credentials" : "profile " + profile;
        return roleArn == null ? base : "role " + roleArn + " assumed by " + base;
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
