package io.rdsagent.config;

/** {@code *} for any characters, {@code ?} for exactly one; patterns are in lower case. */
final class Glob {
    private Glob() {}

    /** Without allocation and without regard to the text's case: this is asked at each physical connect. */
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int resume = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = t;
            } else if (p < pattern.length() && one(pattern.charAt(p), text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++resume;
            } else {
                return false;
            }
        }
        return onlyStars(pattern, p);
    }

    private static boolean one(char pattern, char c) {
        return pattern == '?' || pattern == Character.toLowerCase(c);
    }

    private static boolean onlyStars(String pattern, int from) {
        for (int i = from; i < pattern.length(); i++) {
            if (pattern.charAt(i) != '*') {
                return false;
            }
        }
        return true;
    }

    /** Whether some text matches both patterns. */
    static boolean overlap(String a, String b) {
        // reachable[i][j]: some text is matched by the first i characters of a and the first j of b
        boolean[][] reachable = new boolean[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                reachable[i][j] = (i == 0 && j == 0)
                        || (i > 0 && reachable[i - 1][j] && (a.charAt(i - 1) == '*' || isStar(b, j - 1)))
                        || (j > 0 && reachable[i][j - 1] && (b.charAt(j - 1) == '*' || isStar(a, i - 1)))
                        || (i > 0 && j > 0 && reachable[i - 1][j - 1] && meet(a.charAt(i - 1), b.charAt(j - 1)));
            }
        }
        return reachable[a.length()][b.length()];
    }

    private static boolean isStar(String pattern, int index) {
        return index >= 0 && pattern.charAt(index) == '*';
    }

    private static boolean meet(char a, char b) {
        return a == b || a == '?' || b == '?';
    }
}
