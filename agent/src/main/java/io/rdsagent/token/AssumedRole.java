package io.rdsagent.token;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** The credentials of a role, assumed with those of another provider. */
final class AssumedRole implements AwsCredentialsProvider, SdkAutoCloseable {

    static final String SESSION_NAME = "rds-jdbc-agent";

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);

    private final AwsCredentialsProvider base;
    private final StsClient sts;
    private final StsAssumeRoleCredentialsProvider role;

    /**
     * @param identity that names a role
     * @param base whose credentials assume it
     * @param region where it is assumed
     * @param awsTime told of each answer of STS
     */
    AssumedRole(Identity identity, AwsCredentialsProvider base, String region, AwsTime awsTime) {
        this.base = base;
        this.sts = StsClient.builder()
                .region(Region.of(region))
                .credentialsProvider(base)
                .overrideConfiguration(o -> o.addExecutionInterceptor(awsTime))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .socketTimeout(READ_TIMEOUT))
                .build();
        this.role = StsAssumeRoleCredentialsProvider.builder()
                .stsClient(sts)
                .refreshRequest(r -> r.roleArn(identity.roleArn())
                        .externalId(identity.externalId())
                        .roleSessionName(SESSION_NAME))
                .build();
    }

    @Override
    public AwsCredentials resolveCredentials() {
        return role.resolveCredentials();
    }

    /** Also closes the base. */
    @Override
    public void close() {
        role.close();
        sts.close();
        IdentityProviders.close(base);
    }
}
