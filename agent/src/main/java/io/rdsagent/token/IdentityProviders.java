package io.rdsagent.token;

import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Builds the SDK's credentials provider for an identity. Nothing is resolved yet. */
final class IdentityProviders {

    private final AwsTime awsTime;

    IdentityProviders(AwsTime awsTime) {
        this.awsTime = awsTime;
    }

    /** @param region where a role is assumed: the database's, whose partition a role's ARN must share anyway */
    AwsCredentialsProvider of(Identity identity, String region) {
        AwsCredentialsProvider base = base(identity.profile());
        return identity.roleArn() == null ? base : new AssumedRole(identity, base, region, awsTime);
    }

    /** Those that ask a service have connections and threads to give back. */
    static void close(AwsCredentialsProvider provider) {
        if (provider instanceof SdkAutoCloseable) {
            ((SdkAutoCloseable) provider).close();
        }
    }

    private static AwsCredentialsProvider base(String profile) {
        // Not the default chain with a profile's name: there, keys in the environment would win over the profile asked
        // for.
        return profile == null
                ? new EnvironmentFirst(DefaultCredentialsProvider.builder()
                        .profileFile(new ProfileFiles())
                        .build())
                : ProfileCredentialsProvider.builder()
                        .profileFile(new ProfileFiles())
                        .profileName(profile)
                        .build();
    }
}
