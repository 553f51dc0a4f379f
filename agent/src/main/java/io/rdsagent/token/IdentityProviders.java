package io.rdsagent.token;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;

/** Builds the SDK's credentials provider for an identity. Nothing is resolved yet. */
final class IdentityProviders {

    static final String SESSION_NAME = "rds-jdbc-agent";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    /** @param region where a role is assumed: the database's, whose partition a role's ARN must share anyway */
    static AwsCredentialsProvider of(Identity identity, String region) {
        AwsCredentialsProvider base = base(identity.profile());
        return identity.roleArn() == null ? base : assuming(identity.roleArn(), base, region);
    }

    private static AwsCredentialsProvider base(String profile) {
        // Not the default chain with a profile's name: there, keys in the environment would win over the profile asked
        // for.
        return profile == null
                ? new EnvironmentFirst(DefaultCredentialsProvider.builder().build())
                : ProfileCredentialsProvider.create(profile);
    }

    private static AwsCredentialsProvider assuming(String roleArn, AwsCredentialsProvider base, String region) {
        StsClient sts = StsClient.builder()
                .region(Region.of(region))
                .credentialsProvider(base)
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT))
                .build();
        return StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(r -> r.roleArn(roleArn).roleSessionName(SESSION_NAME))
                .build();
    }

    private IdentityProviders() {}
}
