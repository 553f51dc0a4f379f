package io.rdsagent.connect;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a driver that chooses the host by itself has logged in to, within one connect. */
final class Sessions {

    private final List<Attempt> made = new CopyOnWriteArrayList<>();

    void add(Attempt attempt) {
        made.add(attempt);
    }

    /** The connection is made: the tokens have served. */
    void succeeded() {
        made.forEach(attempt -> attempt.succeeded(null));
    }

    /** Null when it has come to none of ours. */
    Attempt last() {
        return made.isEmpty() ? null : made.get(made.size() - 1);
    }

    /** The one that is past its time first; null when it has come to none of ours. */
    Attempt oldest() {
        Attempt oldest = last();
        for (Attempt attempt : made) {
            if (attempt.token() != null
                    && (oldest.token() == null
                            || attempt.token()
                                    .signedAt()
                                    .isBefore(oldest.token().signedAt()))) {
                oldest = attempt;
            }
        }
        return oldest;
    }
}
