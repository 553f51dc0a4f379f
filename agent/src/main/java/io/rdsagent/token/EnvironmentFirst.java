package io.rdsagent.token;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's default chain, whose first two links are asked before the chain is built: with keys in the system properties
 * or the environment, a JVM's start is spared the profile, container and instance parts and a JSON parser.
 */
final class EnvironmentFirst implements AwsCredentialsProvider, SdkAutoCloseable {

    private final AwsCredentialsProvider systemProperties = SystemPropertyCredentialsProvider.create();
    private final AwsCredentialsProvider environment = EnvironmentVariableCredentialsProvider.create();
    private final AwsCredentialsProvider chain;

    /** @param chain the default one, which begins with the same two links, and is built when it is first asked */
    EnvironmentFirst(AwsCredentialsProvider chain) {
        this.chain = chain;
    }

    @Override
    public AwsCredentials resolveCredentials() {
        try {
            return systemProperties.resolveCredentials();
        } catch (SdkClientException notThere) {
            return fromEnvironment();
        }
    }

    private AwsCredentials fromEnvironment() {
        try {
            return environment.resolveCredentials();
        } catch (SdkClientException notThere) {
            return chain.resolveCredentials();
        }
    }

    @Override
    public void close() {
        IdentityProviders.close(chain);
    }
}
