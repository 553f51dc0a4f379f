package io.rdsagent.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What was seen of the servers' sessions, and which of them lived too long. A session may outlive its lifetime inside a
 * long transaction alone that began while the session was not yet due, and has to end right after that.
 */
final class SessionBook {

    /** How soon a session must be gone after a transaction that it was left alone for. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private final Duration lifetime;
    private final Duration due;
    /** A transaction that has lasted this long is a long one; the others end between two looks. */
    private final Duration longTransaction;

    private final Map<Session.Id, Session> present = new HashMap<>();
    private final Map<Session.Id, Instant> excusedUntil = new HashMap<>();
    private final Set<Session.Id> excused = new TreeSet<>(Comparator.comparing(Object::toString));
    private final Map<Session.Id, Duration> late = new HashMap<>();

    private Duration oldest = Duration.ZERO;
    private Duration oldestExcused = Duration.ZERO;
    private Duration longestGap = Duration.ZERO;
    private Instant lastLook;
    private int looks;
    private int rotations;

    /** @param margin how long before the end of its life a session is due to go */
    SessionBook(Duration lifetime, Duration margin) {
        this.lifetime = lifetime;
        // Half the margin for what passes between the server's start of a session and the client's.
        this.longTransaction = margin.dividedBy(2);
        this.due = lifetime.minus(longTransaction);
    }

    /**
     * Takes what was seen in one look.
     *
     * @param seen by the node's name; a node that did not answer is not in it, and its sessions are forgotten
     */
    synchronized void write(Instant now, Map<String, List<Session>> seen) {
        if (lastLook != null) {
            longestGap = longer(longestGap, Duration.between(lastLook, now));
        }
        lastLook = now;
        looks++;
        Map<Session.Id, Session> found = new HashMap<>();
        seen.values().forEach(sessions -> sessions.forEach(session -> found.put(session.id(), session)));
        found.values().forEach(this::judge);
        present.values().stream()
                .filter(session -> !found.containsKey(session.id()))
                .filter(session -> seen.containsKey(session.id().node()))
                .forEach(this::ended);
        present.clear();
        present.putAll(found);
    }

    private void judge(Session session) {
        if (isInLongTransaction(session)) {
            excusedUntil.put(session.id(), session.seenAt().plus(GRACE));
        }
        boolean isOver = session.age().compareTo(lifetime) > 0;
        if (session.seenAt().isAfter(excusedUntil.getOrDefault(session.id(), Instant.MIN))) {
            oldest = longer(oldest, session.age());
            if (isOver) {
                late.merge(session.id(), session.age(), SessionBook::longer);
            }
        } else if (isOver) {
            excused.add(session.id());
            oldestExcused = longer(oldestExcused, session.age());
        }
    }

    private boolean isInLongTransaction(Session session) {
        Instant dueAt = session.id().startedAt().plus(due);
        return session.transactionAt()
                .filter(begun -> begun.isBefore(dueAt))
                .filter(begun -> !session.seenAt().isBefore(begun.plus(longTransaction)))
                .isPresent();
    }

    /** Of those that end young it is the application that has closed them. */
    private void ended(Session session) {
        if (session.age().compareTo(lifetime.dividedBy(2)) > 0) {
            rotations++;
        }
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    /** How many sessions each node had when last looked; a node without any is not in it. */
    synchronized Map<String, Integer> counts() {
        return present.keySet().stream()
                .collect(Collectors.toMap(Session.Id::node, id -> 1, Integer::sum, TreeMap::new));
    }

    synchronized int rotations() {
        return rotations;
    }

    synchronized int looks() {
        return looks;
    }

    synchronized Duration longestGap() {
        return longestGap;
    }

    /** The oldest session seen, those apart that were inside a long transaction. */
    synchronized Duration oldest() {
        return oldest;
    }

    /** How many sessions were left alone past their lifetime because of a transaction. */
    synchronized int excused() {
        return excused.size();
    }

    synchronized Duration oldestExcused() {
        return oldestExcused;
    }

    /** The ages that sessions reached which should not have. */
    synchronized List<Duration> late() {
        return new ArrayList<>(late.values());
    }
}
