package io.rdsagent.weave;

/** Methods of every kind that a driver or pool may have, for the weaver to change. */
public class Sample {

    /** Has a constructor that others of it may not touch before it has run. */
    public static class Base {
        final String base;

        Base(String base) {
            this.base = base;
        }
    }

    public static final class Built extends Base {
        public final String text;
        public final long number;

        public Built(String text, long number) {
            super(text == null ? "none" : text.trim());
            this.text = text;
            this.number = number;
        }

        public Built(double number, String text) {
            this(text, (long) number);
        }

        public String base() {
            return base;
        }
    }

    public final String name;

    public Sample(String name) {
        this.name = name;
    }

    public String plain(String text) {
        return "own " + text;
    }

    public static String joined(long first, String text, double second, int third) {
        return first + text + second + third;
    }

    /** Its first instruction is a place that is jumped to. */
    public static String loops(String text) {
        while (true) {
            if (text.length() > 3) {
                return text;
            }
            text = text + "!";
        }
    }

    public String branches(Object text) {
        if (text == null) {
            return "nothing";
        }
        if (text instanceof String string) {
            for (int i = 0; i < string.length(); i++) {
                if (string.charAt(i) == 'x') {
                    return "x at " + i;
                }
            }
        }
        return "no x";
    }

    public String tries(String text) {
        try {
            int number = Integer.parseInt(text);
            return "number " + number;
        } catch (NumberFormatException word) {
            return "word " + text;
        } finally {
            tried++;
        }
    }

    public int tried;

    public static String allKinds(boolean z, char c, byte b, short s, int i, long j, float f, double d, Object[] o) {
        return "" + z + c + b + s + i + j + f + d + o.length;
    }

    public boolean isOld(int age) {
        if (age < 0) {
            return true;
        }
        return age > 10;
    }

    public boolean isOld() {
        return name == null;
    }
}
