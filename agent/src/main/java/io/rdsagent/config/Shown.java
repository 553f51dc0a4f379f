package io.rdsagent.config;

/** Texts from outside, made fit to be printed: short, on one line, and no secret among them. */
final class Shown {
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VALUE = 80;
    /** Secret keys are 40 characters long, generated passwords often 32. */
    private static final int SECRET_RUN = 32;

    private static final String[] TELLTALES = {
        "password", "passwd", "pwd", "secret", "x-amz-", "akia", "asia", "-----begin"
    };

    private Shown() {}

    static String name(String text) {
        return oneLine(text, LONGEST_NAME);
    }

    static String quoted(String text) {
        return looksSecret(text) ? "a text that may be a secret and is not shown" : '"' + value(text) + '"';
    }

    static String value(String text) {
        return looksSecret(text) ? "(not shown)" : oneLine(text, LONGEST_VALUE);
    }

    private static String oneLine(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length() && i < longest; i++) {
            char c = text.charAt(i);
            shown.append(Character.isISOControl(c) || c == '\u2028' || c == '\u2029' ? '?' : c);
        }
        return text.length() > longest ? shown.append("...").toString() : shown.toString();
    }

    static boolean looksSecret(String text) {
        String lower = HostPort.lowerCase(text);
        for (String telltale : TELLTALES) {
            if (lower.contains(telltale)) {
                return true;
            }
        }
        int at = text.indexOf('@');
        boolean userInfo = at > 0 && text.lastIndexOf(':', at) >= 0;
        return userInfo || (!text.startsWith("/") && longestRun(text) >= SECRET_RUN);
    }

    /** The longest stretch of Base64 characters that has a digit, a small and a capital letter. */
    private static int longestRun(String text) {
        int longest = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !isBase64(text.charAt(i))) {
                longest = isMixed(text, start, i) ? Math.max(longest, i - start) : longest;
                start = i + 1;
            }
        }
        return longest;
    }

    private static boolean isBase64(char c) {
        return (c < 128 && Character.isLetterOrDigit(c)) || c == '+' || c == '/' || c == '=';
    }

    private static boolean isMixed(String text, int start, int end) {
        boolean small = false;
        boolean capital = false;
        boolean digit = false;
        for (int i = start; i < end; i++) {
            small |= Character.isLowerCase(text.charAt(i));
            capital |= Character.isUpperCase(text.charAt(i));
            digit |= Character.isDigit(text.charAt(i));
        }
        return small && capital && digit;
    }
}
