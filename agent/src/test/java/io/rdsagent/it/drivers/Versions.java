package io.rdsagent.it.drivers;

import java.util.List;
import java.util.stream.Stream;

/** Which versions of a driver this build tries: with {@code -Pmatrix} all, else those at the ends of each line of them. */
final class Versions {

    static List<String> of(List<String> outermost, String... between) {
        return "all".equals(System.getProperty("matrix"))
                ? Stream.concat(outermost.stream(), Stream.of(between)).toList()
                : outermost;
    }

    private Versions() {}
}
