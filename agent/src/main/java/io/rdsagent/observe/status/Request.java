package io.rdsagent.observe.status;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The head of one HTTP request; a body is of no interest to anything here. */
final class Request {

    private static final int MOST_TARGET = 1024;

    private final String method;
    private final String path;
    private final String query;
    private final String host;

    private Request(String method, String target, String host) {
        int mark = target.indexOf('?');
        this.method = method;
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? "" : target.substring(mark + 1);
        this.host = host;
    }

    /** The length of the head with its empty line; -1 while it is not all there. */
    static int end(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            if (bytes[i] == '\n' && (i + 1 < length && bytes[i + 1] == '\n')) {
                return i + 2;
            }
            if (bytes[i] == '\n' && i + 2 < length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') {
                return i + 3;
            }
        }
        return -1;
    }

    /** @throws IllegalArgumentException when it is no request */
    static Request parse(byte[] bytes, int length) {
        String[] lines = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        String[] first = lines[0].split(" ", -1);
        if (first.length != 3
                || !first[0].matches("[A-Z]{1,20}")
                || !first[1].startsWith("/")
                || first[1].length() > MOST_TARGET
                || !first[2].matches("HTTP/1\\.[01]")) {
            throw new IllegalArgumentException("no request of HTTP/1");
        }
        return new Request(first[0], first[1], host(lines));
    }

    private static String host(String[] lines) {
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0
                    && lines[i].substring(0, colon).toLowerCase(Locale.ROOT).equals("host")) {
                return lines[i].substring(colon + 1).trim();
            }
        }
        return "";
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    /** Null when it is not given. */
    String parameter(String name) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(name + "=")) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    /**
     * Whether the browser or probe was told an address, or the name that every machine gives to itself. Another name was
     * looked up in somebody's DNS, and a page of that somebody's could read the answer.
     */
    boolean isAskedByAddress() {
        String name = host.replaceFirst(":\\d{1,5}$", "");
        return name.isEmpty()
                || name.toLowerCase(Locale.ROOT).equals("localhost")
                || name.matches("[\\d.]+")
                || name.matches("\\[[0-9a-fA-F:.%]+\\]");
    }
}
