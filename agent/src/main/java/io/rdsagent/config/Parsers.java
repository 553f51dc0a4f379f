package io.rdsagent.config;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The types that settings have. */
final class Parsers {
    static final String OFF = "off";

    private Parsers() {}

    static Parser<Boolean> truth() {
        return new Parser<>("true or false", "true or false", text -> {
            switch (HostPort.lowerCase(text)) {
                case "true":
                case "yes":
                case "on":
                case "1":
                    return true;
                case "false":
                case "no":
                case OFF:
                case "0":
                    return false;
                default:
                    throw new IllegalArgumentException("neither");
            }
        });
    }

    /** The constants' names in lower case, with {@code -} for {@code _}. */
    static <E extends Enum<E>> Parser<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        StringBuilder names = new StringBuilder();
        for (E constant : constants) {
            names.append(names.length() == 0 ? "" : ", ").append(name(constant));
        }
        return new Parser<>("one of " + names, "one of " + names, text -> {
            for (E constant : constants) {
                if (name(constant).equalsIgnoreCase(text)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException("none of them");
        });
    }

    private static String name(Enum<?> constant) {
        return HostPort.lowerCase(constant.name()).replace('_', '-');
    }

    /** A duration of at least {@code least}. */
    static Parser<Duration> duration(Duration least) {
        return new Parser<>(
                "duration", "a duration such as 500ms, 5s, 15m or 2h" + atLeast(least), text -> bounded(text, least));
    }

    /** A duration of at least {@code least}, or null for {@code off}. */
    static Parser<Duration> durationOrOff(Duration least) {
        return new Parser<>(
                "duration or off",
                "a duration such as 500ms, 5s, 15m or 2h" + atLeast(least) + ", or off",
                text -> text.equalsIgnoreCase(OFF) ? null : bounded(text, least));
    }

    private static String atLeast(Duration least) {
        return " (at least " + Durations.format(least) + ", at most a year)";
    }

    private static Duration bounded(String text, Duration least) {
        Duration duration = Durations.parse(text);
        if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException("too short");
        }
        return duration;
    }

    static Parser<Lifetime> lifetime() {
        return new Parser<>(
                "token, duration or off", "token, off, or a duration such as 10m", text -> Lifetime.parse(text));
    }

    /** From 0 to 1. */
    static Parser<Double> percentage() {
        return new Parser<>("percentage", "a percentage from 0% to 100%", text -> {
            double percent = text.endsWith("%")
                    ? Numbers.decimal(text.substring(0, text.length() - 1).trim())
                    : 101;
            if (percent > 100) {
                throw new IllegalArgumentException("not a percentage");
            }
            return percent / 100;
        });
    }

    /** So many a second. */
    static Parser<Double> rate() {
        return new Parser<>("rate", "a rate above zero such as 20/s or 100/m", text -> {
            int slash = Math.max(text.indexOf('/'), 0);
            double count = Numbers.decimal(text.substring(0, slash).trim());
            if (count == 0) {
                throw new IllegalArgumentException("never");
            }
            return count / seconds(text.substring(slash + 1).trim());
        });
    }

    private static int seconds(String unit) {
        switch (HostPort.lowerCase(unit)) {
            case "s":
                return 1;
            case "m":
                return 60;
            default:
                throw new IllegalArgumentException("not a unit");
        }
    }

    static Parser<Integer> whole(int least, int most) {
        String range = "a whole number from " + least + " to " + most;
        return new Parser<>("number", range, text -> Numbers.whole(text, least, most));
    }

    /** A number, or {@code off} for {@code whenOff}. */
    static Parser<Integer> wholeOrOff(int least, int most, Integer whenOff) {
        return new Parser<>(
                "number or off",
                "a whole number from " + least + " to " + most + ", or off",
                text -> text.equalsIgnoreCase(OFF) ? whenOff : (Integer) Numbers.whole(text, least, most));
    }

    static Parser<HostPatterns> hosts() {
        return new Parser<>(
                "host globs",
                "hosts with * and ? and an optional port, separated by commas: *.example.org,db.local:5433",
                text -> HostPatterns.parse(text));
    }

    static Parser<List<EndpointSpec>> endpoints() {
        return new Parser<>(
                "addresses",
                "host:port, host:port/writer or host:port/reader, separated by commas",
                text -> each(text, EndpointSpec::parse));
    }

    static Parser<List<HostPort>> addresses() {
        Parser<HostPort> address = address();
        return new Parser<>("addresses", "host:port, several separated by commas", text -> each(text, address::parse));
    }

    private static <T> List<T> each(String text, Function<String, T> parse) {
        List<T> all = new ArrayList<>();
        for (String item : Lists.items(text)) {
            all.add(parse.apply(item));
        }
        return Collections.unmodifiableList(all);
    }

    static Parser<HostPort> address() {
        return new Parser<>("address", "host:port, an IPv6 address in brackets", text -> {
            HostPort address = HostPort.parse(text, HostPort.NO_PORT);
            if (address.port() == HostPort.NO_PORT) {
                throw new IllegalArgumentException("no port");
            }
            return address;
        });
    }

    /**
     * By the other name the known one. What can't be used is left out: the door, which goes by the same text before
     * there is a core, has said it.
     */
    static Parser<Map<String, String>> names() {
        return new Parser<>("pairs of names", "its.name=known.name, separated by commas", text -> {
            Map<String, String> names = new LinkedHashMap<>();
            for (String item : Lists.parts(text, ',')) {
                List<String> pair = Lists.parts(item, '=');
                if (isPair(pair)) {
                    names.put(pair.get(0), pair.get(1));
                }
            }
            return Collections.unmodifiableMap(names);
        });
    }

    /** By the name of a class its method. */
    static Parser<Map<String, String>> methods() {
        return new Parser<>("methods", "class#method, separated by commas", text -> {
            Map<String, String> methods = new LinkedHashMap<>();
            for (String item : Lists.items(text)) {
                List<String> pair = Lists.parts(item, '#');
                if (!isPair(pair)) {
                    throw new IllegalArgumentException("not a class and a method: " + item);
                }
                methods.put(pair.get(0), pair.get(1));
            }
            return Collections.unmodifiableMap(methods);
        });
    }

    private static boolean isPair(List<String> parts) {
        return parts.size() == 2 && !parts.get(0).isEmpty() && !parts.get(1).isEmpty();
    }

    static Parser<String> host() {
        return new Parser<>("host", "a host name or an IP address, without a port", text -> {
            HostPort address = HostPort.parse(text, HostPort.NO_PORT);
            if (address.port() != HostPort.NO_PORT) {
                throw new IllegalArgumentException("a port");
            }
            return address.host();
        });
    }

    /** The path of a file that need not be there. */
    static Parser<File> path() {
        return new Parser<>("path", "the path of a file", text -> new File(text));
    }

    /** A path, or null for {@code word}. */
    static Parser<File> pathOr(String word) {
        return new Parser<>(
                "path or " + word,
                "the path of a file, or " + word,
                text -> text.equalsIgnoreCase(word) ? null : new File(text));
    }

    static Parser<File> readableFile(String what) {
        return new Parser<>("path", "the path of a readable " + what, text -> {
            File file = new File(text);
            if (!file.isFile() || !file.canRead()) {
                throw new IllegalArgumentException("not readable");
            }
            return file;
        });
    }
}
