package io.rdsagent.token;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** How long one signing takes: the credentials, which may come from the network, and the rest, which is arithmetic. */
final class SigningTime {

    private final long began = System.nanoTime();
    private long credentialsAt;
    private boolean hasCredentials;
    private boolean success;

    /** The same, and notes when they came. */
    AwsCredentialsProvider noting(AwsCredentialsProvider provider) {
        return () -> {
            AwsCredentials credentials = provider.resolveCredentials();
            credentialsAt = System.nanoTime();
            hasCredentials = true;
            return credentials;
        };
    }

    void succeeded() {
        success = true;
    }

    void tell(SdkSigner.Times listener) {
        long now = System.nanoTime();
        listener.signed(
                success,
                Duration.ofNanos((hasCredentials ? credentialsAt : now) - began),
                hasCredentials ? Duration.ofNanos(now - credentialsAt) : null);
    }
}
