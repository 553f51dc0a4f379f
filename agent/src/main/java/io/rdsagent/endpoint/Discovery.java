package io.rdsagent.endpoint;

import io.rdsagent.config.HostPort;
import io.rdsagent.config.Role;
import io.rdsagent.config.RoleWish;
import io.rdsagent.event.Notice;
import java.sql.Driver;
import java.time.Duration;

/**
 * Keeps one database's topology known: asks for it seldom while all is well, often while a change is suspected, and not at
 * all while nobody uses the database. Nobody ever waits for it.
 */
final class Discovery {

    static final long SELDOM_MILLIS = 30_000;
    /** How often is looked whether whom it asked last has hung up: without a word to the server. */
    static final long LOOK_MILLIS = 250;
    /** A suspicion is followed this often at first; after a while, each second. */
    static final long OFTEN_MILLIS = 250;

    static final long EACH_SECOND_MILLIS = 1000;
    /** Whoever refuses to tell may have been granted it since. */
    static final long AFTER_REFUSAL_MILLIS = 300_000;
    /** Nobody has had a connection for so long: nothing of the driver's is to be kept any more. */
    static final long UNUSED_MILLIS = 10_000;

    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Database database;
    private final TopologySource source;
    private final RoleWish wish;
    private final Means means;
    private final Candidates candidates;
    private final ZoneWish zone;

    private final Rounds rounds;
    private final Suspicion suspicion = new Suspicion();
    /** Touched by the rounds alone, of which there is one at a time, as are the next four. */
    private long usedAt;

    private long askedAt = NEVER;
    private long refusedAt = NEVER;
    private HostPort claimed;
    /** A writer that others name and that can't be asked from here. */
    private HostPort unconfirmed;

    private volatile long knownAt = NEVER;
    private volatile boolean told;

    Discovery(Database database, TopologySource source, RoleWish wish, Means means) {
        this.database = database;
        this.source = source;
        this.wish = wish;
        this.means = means;
        this.candidates = new Candidates(database, wish);
        this.zone = new ZoneWish(database, source, means.events);
        this.rounds = new Rounds(means.clock, means.timer, means.threads, this::look);
        this.usedAt = means.clock.millis();
    }

    boolean isOf(Database one) {
        return database == one;
    }

    /** A connection was asked for. */
    void wake() {
        rounds.wake();
    }

    void connectedBy(Driver driver) {
        source.connectedBy(driver);
    }

    void rest() {
        means.threads.execute(source::rest);
    }

    /** Asks at once, and often from now on until it is settled. */
    void suspect() {
        suspicion.raise(means.clock.millis());
        hurry();
    }

    /** Asks at once, once. */
    void hurry() {
        rounds.hurry();
    }

    /** Goes on with what was given up for want of memory. */
    void goOn() {
        rounds.goOn();
    }

    boolean isInDoubt() {
        long now = means.clock.millis();
        return isSuspecting(now) || now - knownAt > 2 * SELDOM_MILLIS;
    }

    /** How long ago the instances were told; null when they never were. */
    Duration age() {
        long known = knownAt;
        return known == NEVER ? null : Duration.ofMillis(Math.max(0, means.clock.millis() - known));
    }

    /** One whose writer is gone lasts until there is another. */
    private boolean isSuspecting(long now) {
        return suspicion.lasts(now)
                || (told
                        && wish == RoleWish.WRITER
                        && !database.endpoints().get(0).isHealthy());
    }

    /** @return how long until the next; the greatest number: until somebody wakes it */
    private long look(boolean hurried) {
        long now = means.clock.millis();
        if (database.open() > 0) {
            usedAt = now;
        } else if (now - usedAt >= UNUSED_MILLIS) {
            source.rest();
            return Long.MAX_VALUE;
        }
        if (source.hasLost()) {
            lost(now);
        }
        if (isDue(now, hurried)) {
            askedAt = now;
            ask(now);
        }
        return Math.min(LOOK_MILLIS, interval(means.clock.millis()));
    }

    private void lost(long now) {
        source.rest();
        Endpoint silent = candidates.lost();
        if (silent != null) {
            means.health.suspect(silent);
        }
        suspicion.raise(now);
    }

    private boolean isDue(long now, boolean hurried) {
        // A timer may be a little early by this clock.
        long least = hurried ? Rounds.LEAST_MILLIS : interval(now) - OFTEN_MILLIS / 5;
        return now - askedAt >= least && now - refusedAt >= AFTER_REFUSAL_MILLIS;
    }

    private long interval(long now) {
        if (claimed != null) {
            return 0;
        }
        if (!isSuspecting(now)) {
            return told || refusedAt != NEVER ? SELDOM_MILLIS : EACH_SECOND_MILLIS;
        }
        return suspicion.isFresh(now) ? OFTEN_MILLIS : EACH_SECOND_MILLIS;
    }

    private void ask(long now) {
        Endpoint confirming = claimed == null ? null : database.topology().memberAt(claimed);
        claimed = null;
        Endpoint where = confirming == null ? candidates.next() : confirming;
        try {
            View view = source.ask(where);
            candidates.answered(where);
            if (source.asksTheDatabase()) {
                means.health.proven(where);
            }
            hear(view, now);
        } catch (TopologyException none) {
            if (none.isLasting()) {
                refused(none, now);
            } else {
                if (confirming != null) {
                    cannotBeAsked(confirming);
                }
                candidates.silent(where);
                if (source.asksTheDatabase()) {
                    means.health.suspect(where);
                }
            }
        }
    }

    /** Who named it may be behind: before that is believed, the writer that is known is asked for its own word. */
    private void cannotBeAsked(Endpoint named) {
        Endpoint writer = writerKnown();
        if (named != writer) {
            unconfirmed = named.address();
            claimed = writer == null ? null : writer.address();
        }
    }

    private void hear(View view, long now) {
        if (isToBeConfirmed(view)) {
            claimed = view.writer();
            return;
        }
        Endpoint writer = writerKnown();
        accept(view, now);
        if (writer != null && writer == writerKnown() && !writer.isHealthy()) {
            // Who says so may not have heard yet: the next one is asked.
            candidates.passOver();
        } else {
            unconfirmed = null;
            candidates.settled();
        }
    }

    /** A change of the writer is believed of the new one itself, or where the old one gives no sign of life. */
    private boolean isToBeConfirmed(View view) {
        Endpoint before = writerKnown();
        HostPort writer = view.writer();
        return before != null
                && writer != null
                && !before.address().equals(writer)
                && before.isHealthy()
                && view.by() != null
                && !view.isTheWritersOwn()
                && !writer.equals(unconfirmed)
                && database.topology().memberAt(writer) != null;
    }

    private Endpoint writerKnown() {
        for (Endpoint member : database.topology().members()) {
            if (member.role() == Role.WRITER) {
                return member;
            }
        }
        return null;
    }

    private void accept(View view, long now) {
        Topology before = database.topology();
        Topology after = before.learnt(view, wish, member -> means.maker.make(database, member));
        Endpoint formerly = writerKnown();
        for (Member member : view.members()) {
            Endpoint endpoint = after.memberAt(member.address());
            endpoint.role(member.role());
            endpoint.zone(member.zone());
        }
        knownAt = now;
        told = true;
        if (after.hasSameAs(before)) {
            means.listener.seen(database);
            return;
        }
        warmUp(before, after, now);
        serveBy(after, before);
        means.events.topology(Change.of(database, source, before, formerly, view));
        zone.look(view);
    }

    private void serveBy(Topology after, Topology before) {
        database.balancer().serveBy(after);
        database.changed();
        means.health.follow(database, before);
        means.listener.changed(database, before);
    }

    private static void warmUp(Topology before, Topology after, long now) {
        for (Endpoint member : after.members()) {
            if (before.isLearnt() && !before.members().contains(member)) {
                member.warmUp(now);
            }
        }
    }

    private void refused(TopologyException why, long now) {
        boolean first = refusedAt == NEVER;
        refusedAt = now;
        source.rest();
        if (told) {
            Topology before = database.topology();
            told = false;
            serveBy(before.forgotten(), before);
        }
        if (first) {
            means.events.notice(Notice.warning(database + ": its instances are not known. " + why.getMessage()
                    + " Until then connections go where the URL says, as DNS says."));
        }
    }
}
