package io.rdsagent.token;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in two sentences what the SDK says on a page. */
final class SdkFailure {

    private static final String REMEDY = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the process a role"
            + " (instance profile, task role, service account); the keys `profile` and `role-arn` choose another identity.";

    private static final String ROLE_REMEDY = "Check that the role's trust policy names whoever assumes it, and that"
            + " whoever assumes it is allowed sts:AssumeRole on it.";

    private static final String THROTTLED_REMEDY =
            "AWS limits how often it is asked: the next connect asks again; if it"
                    + " goes on, find out what else in this account asks so often.";

    private static final String SKEW_REMEDY = "AWS says that this host's clock is wrong: set it right (NTP).";

    /** In the chain's message each provider says why it has nothing: {@code [XProvider(...): why, YProvider(...): why]}. */
    private static final Pattern PROVIDER = Pattern.compile("(?:^|, )(\\w+CredentialsProvider)\\(");

    /** What a provider says that was not set up at all: no news, if another was set up and failed. */
    private static final Pattern NOT_SET_UP = Pattern.compile("Unable to load credentials from system settings"
            + "|Either the environment variable AWS_WEB_IDENTITY_TOKEN_FILE"
            + "|Profile file contained no credentials for profile 'default'"
            + "|neither AWS_CONTAINER_CREDENTIALS_FULL_URI"
            + "|IMDS credentials have been disabled");

    static TokenException of(SdkException e, Identity identity) {
        return new TokenException(
                "No AWS credentials from " + identity + ": " + essence(e.getMessage()) + ".", remedy(e, identity));
    }

    private static String remedy(SdkException e, Identity identity) {
        if (!(e instanceof AwsServiceException)) {
            return REMEDY;
        }
        AwsServiceException answer = (AwsServiceException) e;
        if (answer.isThrottlingException()) {
            return THROTTLED_REMEDY;
        }
        if (answer.isClockSkewException()) {
            return SKEW_REMEDY;
        }
        return identity.roleArn() == null ? REMEDY : ROLE_REMEDY;
    }

    static TokenException unexpected(Throwable bug, Identity identity) {
        if (isOfAProcess(bug)) {
            return new TokenException(
                    "No AWS credentials from " + identity + ": the program that its `credential_process` names failed ("
                            + firstSentence(String.valueOf(bug.getCause().getMessage())) + ").",
                    "Run it as the application's user; often a session has to be renewed first.");
        }
        TokenException plain = TokenException.unexpected(bug);
        return new TokenException(plain.what() + " It was signing with " + identity + ".", plain.remedy());
    }

    /** The SDK has no exception of its own for it. */
    private static boolean isOfAProcess(Throwable failure) {
        return failure instanceof IllegalStateException
                && failure.getCause() != null
                && String.valueOf(failure.getMessage()).startsWith("Failed to refresh process-based credentials");
    }

    private static String essence(String message) {
        String text = message == null ? "the SDK does not say why" : message;
        int list = text.indexOf(") : [");
        return list < 0 ? firstSentence(text) : ofChain(text.substring(list + 5));
    }

    private static String ofChain(String answers) {
        List<String> news = new ArrayList<>();
        Matcher provider = PROVIDER.matcher(answers);
        int start = provider.find() ? provider.end() : answers.length();
        while (start < answers.length()) {
            String name = provider.group(1);
            int next = provider.find() ? provider.start() : answers.length();
            String answer = answerIn(answers.substring(start, next));
            if (!NOT_SET_UP.matcher(answer).find()) {
                news.add(name + " says: " + firstSentence(answer));
            }
            start = next == answers.length() ? next : provider.end();
        }
        return news.isEmpty() ? "none of the SDK's sources is set up" : String.join("; ", news);
    }

    /** Behind the provider's own parentheses, which may be nested. */
    private static String answerIn(String described) {
        int end = described.indexOf("): ");
        return end < 0 ? described : described.substring(end + 3);
    }

    /**
     * Without the full stop and what is added: by a profile, the file's contents; by a service, the number of the request.
     * Never the second sentence: after a refused signature it is the canonical request.
     */
    private static String firstSentence(String text) {
        String line = text.trim().split("\\R", 2)[0].split(": ProfileFile\\(| \\(Service: ", 2)[0];
        String sentence = line.split("\\.(\\s|$)", 2)[0];
        return sentence.replaceAll("[\\s,.\\]]+$", "");
    }

    private SdkFailure() {}
}
