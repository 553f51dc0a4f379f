package io.rdsagent.token;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** Asks STS once, and reads what its refusals mean. */
final class CallerQuestion {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final AwsCredentialsProvider credentials;
    private final Identity identity;
    private final String region;
    private final AwsTime awsTime;

    CallerQuestion(AwsCredentialsProvider credentials, Identity identity, String region, AwsTime awsTime) {
        this.credentials = credentials;
        this.identity = identity;
        this.region = region;
        this.awsTime = awsTime;
    }

    Caller ask() {
        try {
            credentials.resolveCredentials();
        } catch (SdkException none) {
            return new Caller(
                    Caller.Verdict.NONE, null, SdkFailure.of(none, identity).getMessage(), null);
        }
        try (StsClient sts = client()) {
            String arn = sts.getCallerIdentity().arn();
            return new Caller(Caller.Verdict.VALID, arn, null, awsTime.hostAhead());
        } catch (AwsServiceException refused) {
            return refused(refused);
        } catch (SdkException silent) {
            return Caller.unknown("STS of " + region + " could not be asked");
        }
    }

    private StsClient client() {
        return StsClient.builder()
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .overrideConfiguration(
                        o -> o.addExecutionInterceptor(awsTime).retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(TIMEOUT)
                        .socketTimeout(TIMEOUT))
                .build();
    }

    private Caller refused(AwsServiceException refused) {
        String code = refused.awsErrorDetails() == null
                ? ""
                : String.valueOf(refused.awsErrorDetails().errorCode());
        if (refused.isClockSkewException() || code.equals("RequestExpired")) {
            return verdict(Caller.Verdict.CLOCK_WRONG, "AWS says that this host's clock is wrong");
        }
        switch (code) {
            case "ExpiredToken":
            case "ExpiredTokenException":
                return verdict(Caller.Verdict.EXPIRED, "AWS says that " + identity + " have expired");
            case "InvalidClientTokenId":
            case "UnrecognizedClientException":
                return verdict(Caller.Verdict.INVALID, "AWS does not know the access key of " + identity);
            case "SignatureDoesNotMatch":
                return verdict(
                        Caller.Verdict.INVALID,
                        "AWS knows the access key of " + identity + ", but with another secret");
            default:
                return verdict(Caller.Verdict.UNKNOWN, "STS of " + region + " answered " + code);
        }
    }

    private Caller verdict(Caller.Verdict verdict, String why) {
        return new Caller(verdict, null, why, awsTime.hostAhead());
    }
}
