package io.rdsagent.config;

import java.util.List;

/** Names that AWS gives, checked lightly: enough to catch a slip, never so much that a new region is refused. */
final class AwsNames {
    private static final int LONGEST = 128;
    private static final int LONGEST_EXTERNAL_ID = 1224;
    private static final String NO_ZONE = "none";

    private AwsNames() {}

    /** {@code eu-west-1}, {@code us-gov-west-1}. */
    static Parser<String> region() {
        return new Parser<>("region", "a region such as eu-west-1", text -> {
            List<String> words = Lists.parts(text, '-');
            boolean ends = Numbers.digitsFrom(words.get(words.size() - 1), 0) > 0;
            if (words.size() < 3 || !ends || !onlyRegionCharacters(text)) {
                throw new IllegalArgumentException("not a region");
            }
            return text;
        });
    }

    /** {@code eu-west-1a}, {@code us-west-2-lax-1a}; an id such as {@code euw1-az1} is not what the RDS API tells. */
    static Parser<String> zone() {
        return new Parser<>(
                "zone", "the name of an Availability Zone such as eu-west-1a (not its id), or none", text -> {
                    if (text.equalsIgnoreCase(NO_ZONE)) {
                        return null;
                    }
                    int last = text.length() - 1;
                    if (last < 1 || text.charAt(last) < 'a' || text.charAt(last) > 'z') {
                        throw new IllegalArgumentException("no letter at its end");
                    }
                    if (Lists.parts(text, '-').size() < 3
                            || text.charAt(last - 1) < '0'
                            || text.charAt(last - 1) > '9'
                            || !onlyRegionCharacters(text)) {
                        throw new IllegalArgumentException("not a zone");
                    }
                    return text;
                });
    }

    private static boolean onlyRegionCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return text.indexOf("--") < 0 && text.charAt(0) != '-';
    }

    /** {@code arn:PARTITION:iam::ACCOUNT:role/PATH}. */
    static Parser<String> roleArn() {
        return new Parser<>("ARN", "the ARN of a role such as arn:aws:iam::123456789012:role/app", text -> {
            List<String> parts = Lists.parts(text, ':');
            if (parts.size() != 6
                    || !parts.get(0).equals("arn")
                    || !parts.get(1).startsWith("aws")) {
                throw new IllegalArgumentException("not an ARN");
            }
            if (!parts.get(2).equals("iam") || !parts.get(3).isEmpty() || !namesRole(parts.get(4), parts.get(5))) {
                throw new IllegalArgumentException("not a role's ARN");
            }
            return plain(text);
        });
    }

    private static boolean namesRole(String account, String resource) {
        return account.length() == 12
                && Numbers.digitsFrom(account, 0) == 12
                && resource.startsWith("role/")
                && !resource.endsWith("/");
    }

    /**
     * What STS takes.
     *
     * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AssumeRole, ExternalId</a>
     */
    static Parser<String> externalId() {
        return new Parser<>(
                "external id", "an external id: 2 to 1224 letters, digits and characters of _+=,.@:/-", text -> {
                    if (text.length() < 2 || text.length() > LONGEST_EXTERNAL_ID) {
                        throw new IllegalArgumentException("too short or too long");
                    }
                    for (int i = 0; i < text.length(); i++) {
                        if (!isAlphanumeric(text.charAt(i)) && "_+=,.@:/-".indexOf(text.charAt(i)) < 0) {
                            throw new IllegalArgumentException("a character that STS does not take");
                        }
                    }
                    return text;
                });
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    /** A name without control characters, up to 128 characters long. */
    static Parser<String> name(String kind) {
        String expected = "a " + kind + " of up to " + LONGEST + " characters, none of them a control character";
        return new Parser<>(kind, expected, text -> {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException("too long");
            }
            return plain(text);
        });
    }

    private static String plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                throw new IllegalArgumentException("a control character");
            }
        }
        return text;
    }
}
