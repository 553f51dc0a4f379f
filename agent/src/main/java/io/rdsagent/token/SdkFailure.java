package io.rdsagent.token;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;

/** Says in two sentences what the SDK says on a page. */
final class SdkFailure {

    private static final String REMEDY = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the process a role"
            + " (instance profile, task role, service account); the keys `profile` and `role-arn` choose another identity.";

    /** In the chain's message each provider that was asked says why it has none: {@code XProvider(...): why, YProvider(...)}. */
    private static final Pattern PROVIDER = Pattern.compile("(\\w+CredentialsProvider)\\([^)]*\\): ");

    /** What a provider says that was not set up at all: no news, if another was set up and failed. */
    private static final Pattern NOT_SET_UP = Pattern.compile("Unable to load credentials from system settings"
            + "|Either the environment variable AWS_WEB_IDENTITY_TOKEN_FILE"
            + "|Profile file contained no credentials for profile 'default'"
            + "|neither AWS_CONTAINER_CREDENTIALS_FULL_URI"
            + "|IMDS credentials have been disabled");

    static TokenException of(SdkException e, Identity identity) {
        return new TokenException("No AWS credentials from " + identity + ": " + essence(e.getMessage()) + ".", REMEDY);
    }

    static TokenException unexpected(Throwable bug, Identity identity) {
        TokenException plain = TokenException.unexpected(bug);
        return new TokenException(plain.what() + " It was signing with " + identity + ".", plain.remedy());
    }

    private static String essence(String message) {
        String text = message == null ? "the SDK does not say why" : message;
        int list = text.indexOf(") : [");
        return list < 0 ? firstSentence(text) : ofChain(text.substring(list + 5));
    }

    private static String ofChain(String answers) {
        List<String> news = new ArrayList<>();
        Matcher provider = PROVIDER.matcher(answers);
        while (provider.find()) {
            String answer = untilNext(answers, provider.end());
            if (!NOT_SET_UP.matcher(answer).find()) {
                news.add(provider.group(1) + " says: " + firstSentence(answer));
            }
        }
        return news.isEmpty() ? "none of the SDK's sources is set up" : String.join("; ", news);
    }

    private static String untilNext(String answers, int start) {
        Matcher next = PROVIDER.matcher(answers);
        return next.find(start) ? answers.substring(start, next.start()) : answers.substring(start);
    }

    /** Without the full stop, and never the second sentence: after a refused signature it holds the canonical request. */
    private static String firstSentence(String text) {
        String line = text.trim().split("\\R", 2)[0];
        String sentence = line.split("\\.(\\s|$)", 2)[0];
        return sentence.replaceAll("[\\s,.\\]]+$", "");
    }

    private SdkFailure() {}
}
