package io.rdsagent.observe;

import io.rdsagent.config.LogLevel;
import io.rdsagent.event.Activation;
import io.rdsagent.event.Circumstances;
import io.rdsagent.event.Events;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.Json;
import io.rdsagent.event.Login;
import io.rdsagent.event.Pooled;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Who logs in where and how, and why somebody does not. */
final class LoginLines implements Events {

    private static final Duration FOLD = Duration.ofSeconds(60);

    private final Log log;
    private final Repeats failures;
    /** Databases and pools whose first connection has been told. */
    private final Set<String> active = ConcurrentHashMap.newKeySet();
    /** By database, for what a pool's line says of the driver; there are as many as the application's URLs name. */
    private final Map<String, Login> first = new ConcurrentHashMap<>();

    LoginLines(Log log, Clock clock) {
        this.log = log;
        this.failures = new Repeats(clock, FOLD);
    }

    @Override
    public void activated(Activation activation) {
        log.write(
                LogLevel.INFO,
                "activated",
                activation.database + ": found in the application's URL. It is served by " + activation.endpoints
                        + (activation.endpoints.contains(",") ? " (" + activation.balance + ")" : "")
                        + "; connections live "
                        + (activation.lifetime == null
                                ? "as long as they like (lifetime is off)."
                                : span(activation) + "."),
                new Json().with("database", activation.database).with("endpoints", activation.endpoints));
    }

    private static String span(Activation activation) {
        long longest = activation.lifetime.toMillis();
        long shortest = longest - (long) (longest * activation.jitter);
        return "for " + seconds(shortest) + " to " + seconds(longest);
    }

    private static String seconds(long millis) {
        long seconds = Math.round(millis / 1000.0);
        if (millis < 10_000) {
            return Math.round(millis / 100.0) / 10.0 + " s";
        }
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }

    @Override
    public void login(Login login) {
        if (first.putIfAbsent(login.database, login) == null) {
            log.write(
                    LogLevel.INFO,
                    "active",
                    login.database + ": active. Logged in as " + user(login.user) + " to " + at(login) + ", "
                            + credentials(login) + ", by " + login.driver + ".",
                    details(login));
        } else if (log.isDebug()) {
            log.write(
                    LogLevel.DEBUG,
                    "login",
                    login.database + ": login as " + user(login.user) + " to " + at(login) + " in "
                            + login.took.toMillis() + " ms"
                            + (login.tokenAge == null ? "" : ", token " + login.tokenAge.getSeconds() + " s old") + ".",
                    details(login));
        }
    }

    private static String credentials(Login login) {
        return login.identity == null
                ? "with the application's own password (no token: it brings one, or `iam` is never)"
                : "with an IAM token signed by " + login.identity;
    }

    private static Json details(Login login) {
        return new Json()
                .with("database", login.database)
                .with("endpoint", login.endpoint)
                .with("dialled", login.dialled)
                .withPresent("user", login.user)
                .withPresent("identity", login.identity)
                .withPresent("tokenAgeSeconds", login.tokenAge == null ? null : login.tokenAge.getSeconds())
                .withPresent("driver", login.driver)
                .with("millis", login.took.toMillis());
    }

    private static String user(String orNull) {
        return orNull == null ? "the driver's default user" : orNull;
    }

    private static String at(Login login) {
        return login.endpoint.equals(login.dialled)
                ? login.endpoint
                : login.endpoint + " (dialled at " + login.dialled + ")";
    }

    @Override
    public void failedLogin(FailedLogin failure) {
        int folded = failures.count(failure.database + failure.endpoint + failure.sqlState + failure.cause);
        if (folded == Repeats.FOLDED) {
            return;
        }
        String seen = seen(failure.seen);
        log.write(
                LogLevel.WARN,
                "failed-login",
                failure.database + ": no login as " + user(failure.user) + " to " + failure.dialled
                        + (failure.endpoint.equals(failure.dialled) ? "" : " (signed for " + failure.endpoint + ")")
                        + (failure.sqlState == null ? "" : ", SQLState " + failure.sqlState) + ", cause "
                        + failure.cause + ". " + failure.diagnosis
                        + sequel(failure)
                        + (seen.isEmpty() ? "" : " [" + seen + "]")
                        + (folded == 0 ? "" : " (" + folded + " more in " + FOLD.getSeconds() + " s.)"),
                details(failure).with("folded", folded));
    }

    private static String sequel(FailedLogin failure) {
        if (failure.next != null) {
            return " Trying " + failure.next + " now.";
        }
        return failure.wait == null
                ? " The application got an SQLException."
                : " No endpoint serves, so the application waits for one, up to "
                        + Math.max(1, failure.wait.getSeconds()) + " s more (`failover.wait`).";
    }

    /** What was seen of its way, as far as it came. */
    private static String seen(Circumstances seen) {
        List<String> parts = new ArrayList<>();
        add(parts, seen.from == null ? null : "from " + seen.from + " to " + seen.to);
        add(parts, seen.tls == null ? null : seen.tls.startsWith("TLS") ? seen.tls : "TLS " + seen.tls);
        add(parts, seen.certificate == null ? null : "certificate of " + seen.certificate);
        add(
                parts,
                seen.identity == null
                        ? null
                        : "token " + seen.tokenAge.getSeconds() + " s old, signed in " + seen.region + " by "
                                + seen.identity);
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, String orNull) {
        if (orNull != null) {
            parts.add(orNull);
        }
    }

    private static Json details(FailedLogin failure) {
        Circumstances seen = failure.seen;
        return new Json()
                .with("database", failure.database)
                .with("endpoint", failure.endpoint)
                .with("dialled", failure.dialled)
                .withPresent("user", failure.user)
                .withPresent("sqlState", failure.sqlState)
                .withPresent("words", failure.words)
                .with("cause", failure.cause)
                .withPresent("next", failure.next)
                .withPresent("waitSeconds", failure.wait == null ? null : failure.wait.getSeconds())
                .withPresent("from", seen.from)
                .withPresent("to", seen.to)
                .withPresent("tls", seen.tls)
                .withPresent("certificate", seen.certificate)
                .withPresent("tokenAgeSeconds", seen.tokenAge == null ? null : seen.tokenAge.getSeconds())
                .withPresent("identity", seen.identity)
                .withPresent("region", seen.region);
    }

    /** One can tell in ten seconds that it works: a line for each of the application's pools. */
    @Override
    public void pooled(Pooled pooled) {
        if (!active.add(pooled.database + '\n' + pooled.pool + '\n' + pooled.number)) {
            return;
        }
        Login login = first.get(pooled.database);
        log.write(
                LogLevel.INFO,
                "pooled",
                pooled.database + ": its connections are retired by " + pooled.pool + " (" + pooled.how
                        + (pooled.number == 0 ? "" : ", pool " + pooled.number) + "). To " + pooled.endpoint
                        + (login == null
                                ? "."
                                : " as " + user(login.user) + ", " + credentials(login) + ", by " + login.driver + "."),
                new Json()
                        .with("database", pooled.database)
                        .with("endpoint", pooled.endpoint)
                        .with("pool", pooled.pool)
                        .with("how", pooled.how)
                        .with("number", pooled.number)
                        .withPresent("user", login == null ? null : login.user)
                        .withPresent("identity", login == null ? null : login.identity)
                        .withPresent("driver", login == null ? null : login.driver));
    }
}
