package io.rdsagent.observe;

import io.rdsagent.event.Activation;
import io.rdsagent.event.Events;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.Login;
import io.rdsagent.event.Notice;
import io.rdsagent.event.Pooled;
import io.rdsagent.event.Retired;
import io.rdsagent.event.Spare;
import io.rdsagent.event.Stayed;
import io.rdsagent.event.TopologyChange;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What happened, as lines for a person. */
public final class LogLines implements Events {

    private static final Duration FOLD = Duration.ofSeconds(60);

    private final Log log;
    private final Repeats failures;
    /** Databases and pools whose first connection has been told. */
    private final Set<String> active = ConcurrentHashMap.newKeySet();

    public LogLines(Log log, Clock clock) {
        this.log = log;
        this.failures = new Repeats(clock, FOLD);
    }

    @Override
    public void activated(Activation activation) {
        log.info(activation.database + ": found in the application's URL. It is served by " + activation.endpoints
                + (activation.endpoints.contains(",") ? " (" + activation.balance + ")" : "") + "; connections live "
                + (activation.lifetime == null ? "as long as they like (lifetime is off)." : span(activation) + "."));
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
        boolean first = active.add(login.database);
        if (first) {
            log.info(login.database + ": active. Logged in as " + user(login.user) + " to " + at(login) + ", "
                    + (login.identity == null
                            ? "with the application's own password (no token: it brings one, or `iam` is never)"
                            : "with an IAM token signed by " + login.identity)
                    + ", by " + login.driver + ".");
        } else if (log.isDebug()) {
            log.debug(login.database + ": login as " + user(login.user) + " to " + at(login) + " in "
                    + login.took.toMillis() + " ms"
                    + (login.tokenAge == null ? "" : ", token " + login.tokenAge.getSeconds() + " s old") + ".");
        }
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
        int folded = failures.count(failure.database + failure.endpoint + failure.sqlState);
        if (folded == Repeats.FOLDED) {
            return;
        }
        log.warn(failure.database + ": no login as " + user(failure.user) + " to " + failure.dialled
                + (failure.endpoint.equals(failure.dialled) ? "" : " (signed for " + failure.endpoint + ")")
                + (failure.sqlState == null ? "" : ", SQLState " + failure.sqlState) + ". " + failure.diagnosis
                + (failure.next == null ? " The application got an SQLException." : " Trying " + failure.next + " now.")
                + (folded == 0 ? "" : " (" + folded + " more like it in the last " + FOLD.getSeconds() + " s.)"));
    }

    @Override
    public void pooled(Pooled pooled) {
        if (active.add(pooled.database + '\n' + pooled.pool)) {
            log.info(pooled.database + ": its connections are retired by " + pooled.pool + ".");
        }
    }

    @Override
    public void retired(Retired retired) {
        if (log.isDebug()) {
            log.debug(retired.database + ": a connection to " + retired.endpoint + " was retired, reason "
                    + retired.reason + ", " + retired.age.getSeconds() + " s after its login, "
                    + retired.lag.toMillis() + " ms after its time.");
        }
    }

    @Override
    public void stayed(Stayed stayed) {
        if (log.isDebug()) {
            log.debug(stayed.database
                    + ": an idle connection that is past its time stays in its pool, which was asked through "
                    + stayed.pool + ": " + stayed.why
                    + (stayed.why.getCause() == null ? "" : ", caused by " + stayed.why.getCause())
                    + ". It goes when it is next borrowed.");
        }
    }

    @Override
    public void spare(Spare spare) {
        if (log.isDebug()) {
            log.debug(spare.database + ": a spare connection "
                    + (spare.endpoint == null ? "" : "to " + spare.endpoint + " ") + fate(spare.fate)
                    + (spare.why == null ? "." : ", since " + spare.why + "."));
        }
    }

    private static String fate(Spare.Fate fate) {
        switch (fate) {
            case OPENED:
                return "was opened ahead of need";
            case TAKEN:
                return "was given to a connect";
            case CLOSED:
                return "was closed unused";
            default:
                return "could not be opened (whoever needs one connects as ever)";
        }
    }

    @Override
    public void health(HealthChange change) {
        String who = change.database + ": " + change.endpoint;
        switch (change.state) {
            case SERVING:
                log.info(who + " serves again (" + change.why + "). New connections go to it.");
                break;
            case DEAD:
                log.warn(who + " still gives no sign of life (" + change.why
                        + "). Its connections are cut, also those in use, so that nobody waits for it.");
                break;
            default:
                log.warn(who + " gives no sign of life (" + change.why + "). "
                        + (change.alternative
                                ? "New connections go elsewhere, and its idle ones leave their pools."
                                : "There is no other endpoint, so it is tried all the same.")
                        + " It is asked again every half second.");
        }
    }

    @Override
    public void topology(TopologyChange change) {
        if (change.first) {
            log.info(change.database + ": its instances are known, from " + change.source + ": "
                    + String.join(", ", change.members) + ". New connections go straight to them.");
        }
        if (change.writer != null) {
            log.warn(change.database + ": " + change.writer + " is the writer now, no longer " + change.formerWriter
                    + ". Connections leave their pools whose endpoint has lost the role that they are for; new ones go"
                    + " where it is.");
        }
        for (String joined : change.joined) {
            log.info(change.database + ": " + joined + " has joined. It gets its share of the connections little by"
                    + " little.");
        }
        for (String left : change.left) {
            log.info(change.database + ": " + left + " is no more among the instances. Its connections leave their"
                    + " pools.");
        }
    }

    @Override
    public void notice(Notice notice) {
        if (notice.warning) {
            log.warn(notice.text);
        } else {
            log.info(notice.text);
        }
    }
}
