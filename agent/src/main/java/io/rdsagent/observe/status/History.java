package io.rdsagent.observe.status;

import io.rdsagent.event.Activation;
import io.rdsagent.event.Events;
import io.rdsagent.event.FailedLogin;
import io.rdsagent.event.HealthChange;
import io.rdsagent.event.Json;
import io.rdsagent.event.Login;
import io.rdsagent.event.Notice;
import io.rdsagent.event.Reason;
import io.rdsagent.event.Retired;
import io.rdsagent.event.TopologyChange;
import io.rdsagent.observe.status.Happening.Kind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/** What happened lately, for the time line. Bounded: counts for a quarter of an hour, and the last hundred lines. */
public final class History implements Events {

    private static final int MOST_LINES = 100;
    /** The same within this time is one line that says how often. */
    private static final long FOLD_MILLIS = 60_000;

    private final Clock clock;
    private final Moments logins = new Moments();
    private final Moments failures = new Moments();
    private final Moments rotations = new Moments();
    private final Moments losses = new Moments();
    /** Oldest first. */
    private final List<Happening> lines = new ArrayList<>();

    public History(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void activated(Activation activation) {
        line(Kind.BEGAN, activation.database, null, "found in the application's URL");
    }

    @Override
    public synchronized void login(Login login) {
        logins.add(clock.millis());
    }

    @Override
    public synchronized void failedLogin(FailedLogin failure) {
        failures.add(clock.millis());
        line(
                Kind.FAILED,
                failure.database,
                failure.dialled,
                "no login" + (failure.user == null ? "" : " as " + failure.user) + ". " + failure.diagnosis);
    }

    @Override
    public synchronized void retired(Retired retired) {
        boolean isRotation = retired.reason == Reason.AGE || retired.reason == Reason.IDLE;
        (isRotation ? rotations : losses).add(clock.millis());
        if (!isRotation) {
            line(Kind.LEFT, retired.database, retired.endpoint, "a connection has left: " + retired.reason);
        }
    }

    @Override
    public synchronized void health(HealthChange change) {
        switch (change.state) {
            case SERVING:
                line(Kind.UP, change.database, change.endpoint, "serves again");
                break;
            case DEAD:
                line(Kind.DEAD, change.database, change.endpoint, "given up, its connections cut (" + change.why + ")");
                break;
            default:
                line(
                        Kind.DOWN,
                        change.database,
                        change.endpoint,
                        "gives no sign of life (" + change.why + "), "
                                + (change.alternative ? "new connections go elsewhere" : "and there is no other"));
        }
    }

    @Override
    public synchronized void topology(TopologyChange change) {
        if (change.writer != null) {
            line(Kind.WRITER, change.database, change.writer, "is the writer now, no longer " + change.formerWriter);
        }
        for (String joined : change.first ? Collections.<String>emptyList() : change.joined) {
            line(Kind.UP, change.database, joined, "has joined");
        }
        for (String left : change.left) {
            line(Kind.LEFT, change.database, left, "is no more among the instances");
        }
    }

    @Override
    public synchronized void notice(Notice notice) {
        if (notice.warning) {
            line(Kind.WARNING, null, null, notice.text);
        }
    }

    private void line(Kind kind, String database, String endpoint, String text) {
        long now = clock.millis();
        Happening line = new Happening(kind, database, endpoint, text, now);
        for (int i = lines.size() - 1; kind.folds && i >= 0 && now - lines.get(i).lastAt < FOLD_MILLIS; i--) {
            if (lines.get(i).isLike(line)) {
                lines.set(i, lines.get(i).again(now));
                return;
            }
        }
        lines.add(line);
        if (lines.size() > MOST_LINES) {
            lines.remove(0);
        }
    }

    /** As the page draws it. */
    synchronized Json json() {
        long now = clock.millis();
        long latest = Math.floorDiv(now, Moments.LENGTH_MILLIS) * Moments.LENGTH_MILLIS;
        Json timeline = new Json()
                .with("momentMillis", Moments.LENGTH_MILLIS)
                .with("from", latest - (Moments.COUNT - 1) * Moments.LENGTH_MILLIS)
                .with("logins", list(logins.upTo(now)))
                .with("failedLogins", list(failures.upTo(now)))
                .with("rotations", list(rotations.upTo(now)))
                .with("otherRetirements", list(losses.upTo(now)));
        List<Json> happenings = new ArrayList<>();
        for (Happening line : lines) {
            happenings.add(new Json()
                    .with("at", line.at)
                    .with("lastAt", line.lastAt)
                    .with("times", line.times)
                    .with("kind", line.kind)
                    .with("database", line.database)
                    .with("endpoint", line.endpoint)
                    .with("text", line.text));
        }
        return new Json().with("timeline", timeline).with("happenings", happenings);
    }

    private static List<Integer> list(int[] counts) {
        return Arrays.stream(counts).boxed().collect(Collectors.toList());
    }
}
