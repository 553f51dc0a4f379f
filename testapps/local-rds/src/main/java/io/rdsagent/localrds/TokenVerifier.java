package io.rdsagent.localrds;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Does what RDS does with the password of an IAM user: reads it as a SigV4-presigned {@code GET https://HOST:PORT/}
 * of the service {@code rds-db}, signs the same request with the secret it knows, and compares. Never throws, whatever
 * the password is.
 */
public final class TokenVerifier {

    /** RDS's limit, in seconds; every SDK writes exactly this into the token. */
    static final int LONGEST_LIFE_SECONDS = 900;

    private static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Map<String, AwsKey> keys;
    private final String region;
    private final int port;
    private final Clock clock;

    /**
     * A verifier for one cluster.
     *
     * @param keys the access keys that may log in
     * @param region the region a token must be signed for
     * @param port the port a token must be signed for, 1 to 65535
     * @param clock tells the present; a token's age is measured with it
     */
    public TokenVerifier(Collection<AwsKey> keys, String region, int port, Clock clock) {
        this.keys = keys.stream().collect(Collectors.toUnmodifiableMap(AwsKey::id, Function.identity()));
        this.region = region;
        this.port = port;
        this.clock = clock;
    }

    /**
     * Judges one login.
     *
     * @param password what the client sent
     * @param user the database user that wants to log in, case-sensitive
     * @param hosts the lower-case names that the server answers to
     */
    public Verification verify(String password, String user, Set<String> hosts) {
        if (password.isEmpty()) {
            return new Verification(Verdict.NO_CREDENTIALS, null, "No password was sent.");
        }
        Optional<SignedToken> parsed = SignedToken.parse(password);
        if (parsed.isEmpty()) {
            return new Verification(
                    Verdict.NOT_A_TOKEN,
                    null,
                    "The password of " + password.length() + " characters is not a presigned URL.");
        }
        SignedToken token = parsed.get();
        Duration age = Duration.between(token.signedAt(), clock.instant());
        for (Check check : List.<Check>of(
                () -> checkClaims(token, user, hosts),
                () -> checkScope(token),
                () -> checkSignature(token),
                () -> checkAge(token, age))) {
            Optional<Verification> refusal =
                    check.refusal().map(no -> new Verification(no.verdict(), age, no.detail()));
            if (refusal.isPresent()) {
                return refusal.get();
            }
        }
        return new Verification(Verdict.ACCEPTED, age, "Signed for " + token.host() + ":" + token.port() + ".");
    }

    private interface Check {
        Optional<Refusal> refusal();
    }

    private record Refusal(Verdict verdict, String detail) {}

    private Optional<Refusal> checkClaims(SignedToken token, String user, Set<String> hosts) {
        if (!"connect".equals(token.action())) {
            return refuse(Verdict.WRONG_ACTION, "The token is not for the action connect.");
        }
        if (!token.user().equals(user)) {
            return refuse(
                    Verdict.WRONG_USER, "The token is for user " + token.user() + ", the login for " + user + ".");
        }
        if (!hosts.contains(token.host().toLowerCase(Locale.ROOT))) {
            return refuse(Verdict.WRONG_HOST, "The token is for " + token.host() + ", not for one of " + hosts + ".");
        }
        if (token.port() != port) {
            return refuse(Verdict.WRONG_PORT, "The token is for port " + token.port() + ", not for " + port + ".");
        }
        return Optional.empty();
    }

    private Optional<Refusal> checkScope(SignedToken token) {
        if (!"rds-db".equals(token.service())) {
            return refuse(Verdict.WRONG_SERVICE, "The token is for service " + token.service() + ", not for rds-db.");
        }
        if (!token.region().equals(region)) {
            return refuse(Verdict.WRONG_REGION, "The token is for " + token.region() + ", not for " + region + ".");
        }
        AwsKey key = keys.get(token.keyId());
        if (key == null) {
            return refuse(Verdict.UNKNOWN_KEY, "Nobody here has the access key that signed the token.");
        }
        if (!sameText(key.sessionToken().orElse(""), token.sessionToken().orElse(""))) {
            return refuse(Verdict.WRONG_SESSION_TOKEN, "The session token is not the one of the access key.");
        }
        return Optional.empty();
    }

    private Optional<Refusal> checkSignature(SignedToken token) {
        if (token.expiresSeconds() > LONGEST_LIFE_SECONDS) {
            return refuse(
                    Verdict.LIVES_TOO_LONG, "The token asks for " + token.expiresSeconds() + " s; 900 is the most.");
        }
        String host = token.host().toLowerCase(Locale.ROOT);
        if (token.date().startsWith(token.scopeDate()) && sameText(signature(token, host), token.signature())) {
            return Optional.empty();
        }
        return refuse(
                Verdict.BAD_SIGNATURE,
                host.equals(token.host())
                        ? "Signed with another secret, or changed after signing."
                        : "Signed for a host in mixed case; sign for it in lower case.");
    }

    private String signature(SignedToken token, String lowerCaseHost) {
        String scope = token.scopeDate() + "/" + region + "/rds-db/aws4_request";
        String toSign = "AWS4-HMAC-SHA256\n" + token.date() + "\n" + scope + "\n"
                + Sha256.hex(token.canonicalRequest(lowerCaseHost));
        byte[] key = ("AWS4" + keys.get(token.keyId()).secret()).getBytes(UTF_8);
        for (String part : List.of(token.scopeDate(), region, "rds-db", "aws4_request")) {
            key = Sha256.hmac(key, part);
        }
        return HexFormat.of().formatHex(Sha256.hmac(key, toSign));
    }

    private static Optional<Refusal> checkAge(SignedToken token, Duration age) {
        if (age.compareTo(CLOCK_SKEW.negated()) < 0) {
            return refuse(
                    Verdict.NOT_YET_VALID,
                    "The token was signed " + age.negated().toSeconds() + " s in the future.");
        }
        if (age.compareTo(Duration.ofSeconds(token.expiresSeconds())) > 0) {
            return refuse(
                    Verdict.EXPIRED,
                    "The token is " + age.toSeconds() + " s old; it was good for " + token.expiresSeconds() + " s.");
        }
        return Optional.empty();
    }

    private static Optional<Refusal> refuse(Verdict verdict, String detail) {
        return Optional.of(new Refusal(verdict, detail));
    }

    private static boolean sameText(String expected, String actual) {
        return MessageDigest.isEqual(expected.getBytes(UTF_8), actual.getBytes(UTF_8));
    }
}
