package io.rdsagent.token;

import java.util.Objects;

/** Whose AWS credentials sign: the default chain's, a profile's, or those of a role that one of the two assumes. */
public final class Identity {

    /** The SDK's default credentials chain, no role. */
    public static final Identity DEFAULT = new Identity(null, null, null);

    private final String profile;
    private final String roleArn;
    private final String externalId;

    /**
     * @param profile name in the AWS configuration files; null or empty: the default chain
     * @param roleArn role to assume with those credentials; null or empty: none
     * @param externalId what the role's trust policy demands; null or empty: nothing. Without a role it means nothing.
     */
    public Identity(String profile, String roleArn, String externalId) {
        this.profile = emptyToNull(profile);
        this.roleArn = emptyToNull(roleArn);
        this.externalId = this.roleArn == null ? null : emptyToNull(externalId);
    }

    /** Null: the default chain. */
    public String profile() {
        return profile;
    }

    /** Null: no role is assumed. */
    public String roleArn() {
        return roleArn;
    }

    /** Null: none is sent. */
    public String externalId() {
        return externalId;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Identity
                && Objects.equals(profile, ((Identity) other).profile)
                && Objects.equals(roleArn, ((Identity) other).roleArn)
                && Objects.equals(externalId, ((Identity) other).externalId);
    }

    @Override
    public int hashCode() {
        return (31 * Objects.hashCode(profile) + Objects.hashCode(roleArn)) * 31 + Objects.hashCode(externalId);
    }

    /** For logs; holds no secret. The external id is left out: some keep it like one. */
    @Override
    public String toString() {
        String base = profile == null ? "the default credentials" : "profile " + profile;
        return roleArn == null ? base : "role " + roleArn + " assumed by " + base;
    }

    private static String emptyToNull(String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
