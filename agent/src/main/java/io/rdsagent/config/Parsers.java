package io.rdsagent.config;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The types that settings have. */
final class Parsers {
    static final String OFF = "off";

    private Parsers() {}

    static Parser<Boolean> truth() {
        return new Parser<Boolean>("true or false", "true or false") {
            @Override
            Boolean parse(String text) {
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
            }
        };
    }

    /** The constants' names in lower case, with {@code -} for {@code _}. */
    static <E extends Enum<E>> Parser<E> oneOf(Class<E> type) {
        E[] constants = type.getEnumConstants();
        StringBuilder names = new StringBuilder();
        for (E constant : constants) {
            names.append(names.length() == 0 ? "" : ", ").append(name(constant));
        }
        return new Parser<E>("one of " + names, "one of " + names) {
            @Override
            E parse(String text) {
                for (E constant : constants) {
                    if (name(constant).equalsIgnoreCase(text)) {
                        return constant;
                    }
                }
                throw new IllegalArgumentException("none of them");
            }
        };
    }

    private static String name(Enum<?> constant) {
        return HostPort.lowerCase(constant.name()).replace('_', '-');
    }

    /** A duration of at least {@code least}. */
    static Parser<Duration> duration(Duration least) {
        return new Parser<Duration>("duration", "a duration such as 500ms, 5s, 15m or 2h" + atLeast(least)) {
            @Override
            Duration parse(String text) {
                return bounded(text, least);
            }
        };
    }

    /** A duration of at least {@code least}, or null for {@code off}. */
    static Parser<Duration> durationOrOff(Duration least) {
        return new Parser<Duration>(
                "duration or off", "a duration such as 500ms, 5s, 15m or 2h" + atLeast(least) + ", or off") {
            @Override
            Duration parse(String text) {
                return text.equalsIgnoreCase(OFF) ? null : bounded(text, least);
            }
        };
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
        return new Parser<Lifetime>("token, duration or off", "token, off, or a duration such as 10m") {
            @Override
            Lifetime parse(String text) {
                return Lifetime.parse(text);
            }
        };
    }

    /** From 0 to 1. */
    static Parser<Double> percentage() {
        return new Parser<Double>("percentage", "a percentage from 0% to 100%") {
            @Override
            Double parse(String text) {
                double percent = text.endsWith("%")
                        ? Numbers.decimal(text.substring(0, text.length() - 1).trim())
                        : 101;
                if (percent > 100) {
                    throw new IllegalArgumentException("not a percentage");
                }
                return percent / 100;
            }
        };
    }

    /** So many a second. */
    static Parser<Double> rate() {
        return new Parser<Double>("rate", "a rate above zero such as 20/s or 100/m") {
            @Override
            Double parse(String text) {
                int slash = Math.max(text.indexOf('/'), 0);
                double count = Numbers.decimal(text.substring(0, slash).trim());
                if (count == 0) {
                    throw new IllegalArgumentException("never");
                }
                return count / seconds(text.substring(slash + 1).trim());
            }
        };
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
        return new Parser<Integer>("number", range) {
            @Override
            Integer parse(String text) {
                return Numbers.whole(text, least, most);
            }
        };
    }

    /** A number, or {@code off} for {@code whenOff}. */
    static Parser<Integer> wholeOrOff(int least, int most, Integer whenOff) {
        return new Parser<Integer>("number or off", "a whole number from " + least + " to " + most + ", or off") {
            @Override
            Integer parse(String text) {
                return text.equalsIgnoreCase(OFF) ? whenOff : (Integer) Numbers.whole(text, least, most);
            }
        };
    }

    static Parser<HostPatterns> hosts() {
        return new Parser<HostPatterns>(
                "host globs",
                "hosts with * and ? and an optional port, separated by commas: *.example.org,db.local:5433") {
            @Override
            HostPatterns parse(String text) {
                return HostPatterns.parse(text);
            }
        };
    }

    static Parser<List<EndpointSpec>> endpoints() {
        return new Parser<List<EndpointSpec>>(
                "addresses", "host:port, host:port/writer or host:port/reader, separated by commas") {
            @Override
            List<EndpointSpec> parse(String text) {
                List<EndpointSpec> endpoints = new ArrayList<>();
                for (String item : Lists.items(text)) {
                    endpoints.add(EndpointSpec.parse(item));
                }
                return Collections.unmodifiableList(endpoints);
            }
        };
    }

    static Parser<List<HostPort>> addresses() {
        Parser<HostPort> address = address();
        return new Parser<List<HostPort>>("addresses", "host:port, several separated by commas") {
            @Override
            List<HostPort> parse(String text) {
                List<HostPort> addresses = new ArrayList<>();
                for (String item : Lists.items(text)) {
                    addresses.add(address.parse(item));
                }
                return Collections.unmodifiableList(addresses);
            }
        };
    }

    static Parser<HostPort> address() {
        return new Parser<HostPort>("address", "host:port, an IPv6 address in brackets") {
            @Override
            HostPort parse(String text) {
                HostPort address = HostPort.parse(text, HostPort.NO_PORT);
                if (address.port() == HostPort.NO_PORT) {
                    throw new IllegalArgumentException("no port");
                }
                return address;
            }
        };
    }

    /**
     * By the other name the known one. What can't be used is left out: the door, which goes by the same text before
     * there is a core, has said it.
     */
    static Parser<Map<String, String>> names() {
        return new Parser<Map<String, String>>("pairs of names", "its.name=known.name, separated by commas") {
            @Override
            Map<String, String> parse(String text) {
                Map<String, String> names = new LinkedHashMap<>();
                for (String item : Lists.parts(text, ',')) {
                    List<String> pair = Lists.parts(item, '=');
                    if (pair.size() == 2
                            && !pair.get(0).isEmpty()
                            && !pair.get(1).isEmpty()) {
                        names.put(pair.get(0), pair.get(1));
                    }
                }
                return Collections.unmodifiableMap(names);
            }
        };
    }

    /** By the name of a class its method. */
    static Parser<Map<String, String>> methods() {
        return new Parser<Map<String, String>>("methods", "class#method, separated by commas") {
            @Override
            Map<String, String> parse(String text) {
                Map<String, String> methods = new LinkedHashMap<>();
                for (String item : Lists.items(text)) {
                    List<String> pair = Lists.parts(item, '#');
                    if (pair.size() != 2 || pair.get(0).isEmpty() || pair.get(1).isEmpty()) {
                        throw new IllegalArgumentException("not a class and a method: " + item);
                    }
                    methods.put(pair.get(0), pair.get(1));
                }
                return Collections.unmodifiableMap(methods);
            }
        };
    }

    static Parser<String> host() {
        return new Parser<String>("host", "a host name or an IP address, without a port") {
            @Override
            String parse(String text) {
                HostPort address = HostPort.parse(text, HostPort.NO_PORT);
                if (address.port() != HostPort.NO_PORT) {
                    throw new IllegalArgumentException("a port");
                }
                return address.host();
            }
        };
    }

    /** The path of a file that need not be there. */
    static Parser<File> path() {
        return new Parser<File>("path", "the path of a file") {
            @Override
            File parse(String text) {
                return new File(text);
            }
        };
    }

    /** A path, or null for {@code word}. */
    static Parser<File> pathOr(String word) {
        return new Parser<File>("path or " + word, "the path of a file, or " + word) {
            @Override
            File parse(String text) {
                return text.equalsIgnoreCase(word) ? null : new File(text);
            }
        };
    }

    static Parser<File> readableFile(String what) {
        return new Parser<File>("path", "the path of a readable " + what) {
            @Override
            File parse(String text) {
                File file = new File(text);
                if (!file.isFile() || !file.canRead()) {
                    throw new IllegalArgumentException("not readable");
                }
                return file;
            }
        };
    }
}
