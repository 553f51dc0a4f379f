package io.rdsagent.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.rds.RdsUtilities;

/**
 * Signs with the AWS SDK. Signing itself is arithmetic; getting the credentials may ask the network. There is one
 * credentials provider for each {@link Identity}, as a provider caches and renews what it gets.
 */
public final class SdkSigner implements Signer {

    /** Of a provider whose tokens are refused: so that a user who is not allowed in does not wear out STS. */
    private static final Duration LEAST_LIFE = Duration.ofMinutes(1);

    private final Clock clock;
    private final AwsTime awsTime;
    private final IdentityProviders makers;
    private final ConcurrentMap<Identity, Provider> providers = new ConcurrentHashMap<>();

    /** @param clock of the system: the SDK reads the time of the signature for itself */
    public SdkSigner(Clock clock) {
        this.clock = clock;
        this.awsTime = new AwsTime(clock);
        this.makers = new IdentityProviders(awsTime);
    }

    /**
     * @throws TokenException if there are no credentials, or the role cannot be assumed
     */
    @Override
    public Token sign(TokenRequest request) throws TokenException {
        AtomicReference<Token> token = new AtomicReference<>();
        try {
            SdkLoader.run(() -> token.set(signWith(provider(request.identity(), request.region()), request)));
        } catch (SdkException e) {
            // Some providers keep for good what they were built with, such as a single sign-on that has ended.
            forget(request.identity(), Duration.ZERO);
            throw SdkFailure.of(e, request.identity());
        } catch (RuntimeException | LinkageError e) {
            throw SdkFailure.unexpected(e, request.identity());
        }
        return token.get();
    }

    /**
     * Forgets the provider and what it has cached, if it is not a new one already. Credentials that are renewed at their
     * source before they expire are seen then; a login that is refused for another reason costs little more than before.
     */
    @Override
    public void refused(Identity identity) {
        forget(identity, LEAST_LIFE);
    }

    private void forget(Identity identity, Duration leastLife) {
        Provider provider = providers.get(identity);
        if (provider != null
                && !provider.madeAt.isAfter(clock.instant().minus(leastLife))
                && providers.remove(identity, provider)) {
            SdkLoader.run(() -> IdentityProviders.close(provider.sdks));
        }
    }

    /** Loads the SDK's classes by signing once with invented credentials: no network, nothing of the person's is read. */
    public void warmUp() {
        AwsCredentialsProvider invented =
                StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAWARMUPWARMUPWARM", "warm-up"));
        TokenRequest request = new TokenRequest("warm-up.invalid", 5432, "warm-up", "us-east-1", Identity.DEFAULT);
        SdkLoader.run(() -> signWith(invented, request));
    }

    private Token signWith(AwsCredentialsProvider provider, TokenRequest request) {
        AwsCredentials credentials = provider.resolveCredentials();
        // X-Amz-Date has whole seconds, and the 15 minutes begin there. Read before the SDK does: never too late.
        Instant signedAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String text = RdsUtilities.builder()
                .region(Region.of(request.region()))
                .credentialsProvider(StaticCredentialsProvider.create(credentials))
                .build()
                .generateAuthenticationToken(
                        b -> b.hostname(request.host()).port(request.port()).username(request.user()));
        Instant credentialsExpireAt = credentials.expirationTime().orElse(null);
        return new Token(
                request,
                text,
                signedBy(credentials, request.identity()),
                signedAt,
                credentialsExpireAt,
                awsTime.hostAhead());
    }

    /** Of the same provider that tokens are signed with. To be asked with the SDK's class loader as the thread's. */
    AwsCredentials credentials(Identity identity, String region) {
        return provider(identity, region).resolveCredentials();
    }

    private AwsCredentialsProvider provider(Identity of, String region) {
        return providers.computeIfAbsent(of, identity -> new Provider(makers.of(identity, region), clock.instant()))
                .sdks;
    }

    private static final class Provider {

        private final AwsCredentialsProvider sdks;
        private final Instant madeAt;

        private Provider(AwsCredentialsProvider sdks, Instant madeAt) {
            this.sdks = sdks;
            this.madeAt = madeAt;
        }
    }

    private static String signedBy(AwsCredentials credentials, Identity identity) {
        String key = credentials.accessKeyId();
        String ends = key.length() < 12 ? "..." : key.substring(0, 4) + "..." + key.substring(key.length() - 4);
        return identity + " (access key " + ends + ")";
    }
}
