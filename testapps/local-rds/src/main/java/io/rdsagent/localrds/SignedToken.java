package io.rdsagent.localrds;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A token taken apart: {@code HOST:PORT/?Action=connect&DBUser=USER&X-Amz-…}, its parameters in any order. */
final class SignedToken {

    private static final Pattern SHAPE = Pattern.compile("([A-Za-z0-9._-]+)(?::([0-9]{1,5}))?/\\?(.+)");
    private static final Pattern SCOPE = Pattern.compile("([^/]+)/([0-9]{8})/([^/]+)/([^/]+)/aws4_request");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final DateTimeFormatter AMZ_DATE =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withResolverStyle(ResolverStyle.STRICT);

    /** What HTTPS leaves out: the Java SDK drops {@code :443} from the text, and nobody signs it. */
    private static final int HTTPS_PORT = 443;

    private final String host;
    private final int port;
    private final SortedMap<String, String> parameters;
    private final Matcher scope;
    private final Instant signedAt;

    private SignedToken(String host, int port, SortedMap<String, String> parameters, Matcher scope, Instant signedAt) {
        this.host = host;
        this.port = port;
        this.parameters = parameters;
        this.scope = scope;
        this.signedAt = signedAt;
    }

    /** Reads a token; empty if the text is none. */
    static Optional<SignedToken> parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            return Optional.empty();
        }
        int port = shape.group(2) == null ? HTTPS_PORT : Integer.parseInt(shape.group(2));
        try {
            SortedMap<String, String> parameters = parameters(shape.group(3));
            if (!isComplete(parameters)) {
                return Optional.empty();
            }
            Matcher scope = SCOPE.matcher(parameters.get("X-Amz-Credential"));
            Instant signedAt =
                    LocalDateTime.parse(parameters.get("X-Amz-Date"), AMZ_DATE).toInstant(ZoneOffset.UTC);
            return scope.matches()
                    ? Optional.of(new SignedToken(shape.group(1), port, parameters, scope, signedAt))
                    : Optional.empty();
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean isComplete(Map<String, String> parameters) {
        return "AWS4-HMAC-SHA256".equals(parameters.get("X-Amz-Algorithm"))
                && "host".equals(parameters.get("X-Amz-SignedHeaders"))
                && SECONDS.matcher(parameters.getOrDefault("X-Amz-Expires", "")).matches()
                && parameters.containsKey("Action")
                && parameters.containsKey("DBUser")
                && parameters.containsKey("X-Amz-Credential")
                && parameters.containsKey("X-Amz-Date")
                && parameters.containsKey("X-Amz-Signature");
    }

    private static SortedMap<String, String> parameters(String query) {
        SortedMap<String, String> parameters = new TreeMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("a parameter without a value");
            }
            if (parameters.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("a parameter given twice");
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c > 0x7e) {
                throw new IllegalArgumentException("not ASCII");
            }
            if (c == '%') {
                bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("not UTF-8", e);
        }
    }

    private static int hex(String text, int at) {
        int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0) {
            throw new IllegalArgumentException("a broken percent sign");
        }
        return digit;
    }

    String host() {
        return host;
    }

    int port() {
        return port;
    }

    String action() {
        return parameters.get("Action");
    }

    String user() {
        return parameters.get("DBUser");
    }

    String keyId() {
        return scope.group(1);
    }

    String scopeDate() {
        return scope.group(2);
    }

    String region() {
        return scope.group(3);
    }

    String service() {
        return scope.group(4);
    }

    String date() {
        return parameters.get("X-Amz-Date");
    }

    Instant signedAt() {
        return signedAt;
    }

    int expiresSeconds() {
        return Integer.parseInt(parameters.get("X-Amz-Expires"));
    }

    Optional<String> sessionToken() {
        return Optional.ofNullable(parameters.get("X-Amz-Security-Token"));
    }

    String signature() {
        return parameters.get("X-Amz-Signature");
    }

    /** The canonical request of Signature Version 4, with the host in lower case whatever the text says. */
    String canonicalRequest(String lowerCaseHost) {
        String hostHeader = port == HTTPS_PORT ? lowerCaseHost : lowerCaseHost + ":" + port;
        return "GET\n/\n" + canonicalQuery() + "\nhost:" + hostHeader + "\n\nhost\n" + Sha256.hex("");
    }

    private String canonicalQuery() {
        SortedMap<String, String> encoded = new TreeMap<>();
        parameters.forEach((name, value) -> encoded.put(encode(name), encode(value)));
        encoded.remove("X-Amz-Signature");
        StringBuilder query = new StringBuilder();
        encoded.forEach((name, value) -> query.append(query.length() == 0 ? "" : "&")
                .append(name)
                .append('=')
                .append(value));
        return query.toString();
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean unreserved = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (unreserved || "-_.~".indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
