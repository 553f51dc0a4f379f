package io.rdsagent.endpoint;

import io.rdsagent.event.HealthChange;
import java.io.IOException;
import java.net.UnknownHostException;

/** What the answers and the silence of one endpoint come to: it serves, gives no sign of life, or is dead. */
final class Verdict {

    /** So many probes in a row at most where {@code dead.after} is off. */
    private static final int USUAL_PROBES = 3;
    /** An endpoint that goes down again this soon has to prove itself for longer. */
    private static final long FLAPPING_MILLIS = 60_000;

    /** Who was away for less than this comes back to the share that it had. */
    private static final long LONG_MILLIS = 10_000;

    private static final int MOST_PROOFS = 8;

    private final Health health;
    private final Database database;
    private final Endpoint endpoint;
    private boolean over;
    /** What was asked before the last sign of life proves nothing by failing. */
    private int signsOfLife;

    private int failures;
    private long silencedAt;
    /** How many answers in a row it takes to be trusted again; doubled each time it goes down again soon. */
    private int proofs = 1;

    private int proofsLeft;

    Verdict(Health health, Database database, Endpoint endpoint) {
        this.health = health;
        this.database = database;
        this.endpoint = endpoint;
    }

    synchronized int signsOfLife() {
        return signsOfLife;
    }

    /** In a row, up to now. */
    synchronized int failures() {
        return failures;
    }

    /** How many failures in a row settle it. */
    int enough() {
        int configured = database.config().deadAfter();
        return configured > 0 ? configured : USUAL_PROBES;
    }

    /** Nobody looks after it any more: whoever tries it finds out. */
    synchronized void end() {
        over = true;
        endpoint.await(false);
        endpoint.state(HealthChange.State.SERVING);
    }

    /** It has let somebody in, after which nothing else is to be proved. */
    void proven() {
        synchronized (this) {
            proofsLeft = 0;
        }
        alive("a login went through");
    }

    void alive(String why) {
        boolean wasFit = endpoint.isFit();
        boolean isBack = bringBack();
        if (!wasFit && endpoint.isFit()) {
            database.changed();
        }
        if (isBack) {
            tell(HealthChange.State.SERVING, why);
        }
    }

    /** @return whether it serves again */
    private synchronized boolean bringBack() {
        endpoint.await(false);
        signsOfLife++;
        failures = 0;
        proofsLeft--;
        if (over || endpoint.isHealthy() || proofsLeft > 0) {
            return false;
        }
        endpoint.state(HealthChange.State.SERVING);
        if (health.clock.millis() - silencedAt >= LONG_MILLIS) {
            endpoint.warmUp(health.clock.millis());
        }
        return true;
    }

    /** @param asked at which sign of life the probe was begun that has failed */
    void silent(int asked, IOException silence) {
        HealthChange.State before;
        HealthChange.State now;
        synchronized (this) {
            if (over || asked != signsOfLife) {
                return;
            }
            failures++;
            endpoint.failed(health.clock.millis());
            before = endpoint.state();
            now = before == HealthChange.State.DEAD || isDead() ? HealthChange.State.DEAD : HealthChange.State.SILENT;
            if (before == HealthChange.State.SERVING) {
                eject();
            }
            proofsLeft = proofs;
            endpoint.state(now);
        }
        follow(before, now, why(silence));
    }

    private void eject() {
        long at = health.clock.millis();
        boolean again = silencedAt > 0 && at - silencedAt < FLAPPING_MILLIS;
        proofs = again ? Math.min(MOST_PROOFS, 2 * proofs) : 1;
        silencedAt = at;
    }

    private boolean isDead() {
        return database.config().deadAfter() > 0 && failures >= enough();
    }

    private void follow(HealthChange.State before, HealthChange.State now, String why) {
        if (before == HealthChange.State.SERVING) {
            tell(HealthChange.State.SILENT, why);
            health.consequence.silent(database, endpoint);
        }
        if (now == HealthChange.State.DEAD && before != HealthChange.State.DEAD) {
            tell(HealthChange.State.DEAD, why);
            health.consequence.dead(database, endpoint);
        }
    }

    private void tell(HealthChange.State now, String why) {
        health.events.health(new HealthChange(
                database.toString(), endpoint.toString(), now, database.hasAlternativeTo(endpoint), why));
    }

    private static String why(IOException silence) {
        if (silence instanceof UnknownHostException) {
            return "its name is not known here";
        }
        String message = silence.getMessage();
        return message == null ? silence.getClass().getSimpleName() : message;
    }
}
